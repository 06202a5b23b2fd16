// Makes elements. Text is only ever a text node; nothing here reads markup.
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

export const button = (text, press, attributes = {}) =>
  el('button', { type: 'button', onclick: press, ...attributes }, text);

export const hasFocus = (node) => node.contains(node.getRootNode().activeElement);

const SAFE = /^(https?:\/\/|tel:|sms:|\/)/i;

export function link(text, href, attributes = {}) {
  return SAFE.test(href) ? el('a', { href, ...attributes }, text) : document.createTextNode(text);
}
