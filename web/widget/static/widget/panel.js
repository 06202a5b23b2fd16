// The panel: a dialog beside the page on wide screens, over all of it on narrow ones.
import { createAnnouncer } from './announcer.js';
import { createApi } from './api.js';
import { createConversation } from './conversation.js';
import { button, el, link } from './dom.js';
import { emergencyLinks } from './replies.js';
import { createStore } from './store.js';

const SIZES = [100, 125, 150, 200];
// In heights of a letter.
const TIGHT = 32;
const TIGHTEST = 16;
const NARROWEST = 15;
const narrow = matchMedia('(max-width: 599px)');
// Where a focus on the question would call up a keyboard, over what a visitor should read first.
const touch = matchMedia('(pointer: coarse)');

export async function createPanel(root, launcher, options) {
  const store = createStore(options.keep);
  // What a copied tab brought along is laid aside before anything reads it.
  const [sheet, words, languages] = await Promise.all([
    stylesheet(), read(options.strings), read(new URL('strings/languages.json', import.meta.url)), store.claim(),
  ]);
  const strings = { ...words, languages };
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const announcer = createAnnouncer(strings);
  const talk = createConversation({
    api: createApi(options.api), store, strings, options, announce: announcer.say, host: root.host,
  });

  const title = el('h2', { id: 'title', tabindex: -1 }, strings.title);
  const size = button('', grow);
  const menu = el('div', { class: 'menu', id: 'menu', hidden: true }, size, ...talk.menu);
  const more = button(strings.options, () => showMenu(menu.hidden), {
    'aria-expanded': 'false', 'aria-controls': 'menu',
  });
  const skip = el('a', { class: 'skip', href: '#input', onclick: toInput }, strings.skip);
  const dialog = el('dialog', { id: 'panel', 'aria-labelledby': 'title', dir: strings.dir, lang: strings.lang },
    skip,
    el('div', { class: 'head' }, title, more, button(strings.close, () => close())),
    menu, ...talk.elements, el('div', { class: 'foot' }, talk.composer, emergency()), ...announcer.regions);
  root.append(dialog);
  launcher.setAttribute('aria-controls', 'panel');
  resize(store.get('size') ?? SIZES[0]);
  talk.prepare();

  function resize(percent) {
    dialog.style.setProperty('--size', percent / 100);
    size.textContent = strings.textSize.replace('{size}', percent);
    fit();
    store.set({ size: percent });
  }

  function grow() {
    resize(SIZES[(SIZES.indexOf(store.get('size')) + 1) % SIZES.length]);
  }

  function showMenu(shown) {
    if (!shown && menu.contains(root.activeElement)) more.focus();
    menu.hidden = !shown;
    more.setAttribute('aria-expanded', String(shown));
  }

  function emergency() {
    const [call911, ...crisis] = emergencyLinks(strings);
    return el('p', { class: 'lifeline' },
      el('span', {}, el('b', {}, strings.emergency), call911), el('span', {}, el('b', {}, strings.crisis), ...crisis),
      link(strings.contact, options.appointments));
  }

  function toInput(event) {
    event.preventDefault();
    talk.focus();
  }

  function show() {
    if (narrow.matches) dialog.showModal();
    else dialog.show();
    dialog.setAttribute('aria-modal', String(narrow.matches));
    fit();
  }

  // `show()` and `showModal()` focus by themselves; restoring a page must not take the focus.
  async function open({ focus }) {
    if (dialog.open) return;
    const before = document.activeElement;
    show();
    launcher.hidden = true;
    launcher.setAttribute('aria-expanded', 'true');
    store.opened(true);
    if (narrow.matches && !history.state?.netGuide) history.pushState({ ...history.state, netGuide: true }, '');
    if (focus && touch.matches) title.focus();
    else if (focus) talk.focus();
    else if (before instanceof HTMLElement && before !== root.host) before.focus({ preventScroll: true });
    else root.activeElement?.blur();
    // The question is in sight anyhow, unless there is hardly any room.
    if (!dialog.classList.contains('tightest')) dialog.scrollTop = 0;
    await talk.start();
  }

  function close({ back = true } = {}) {
    if (!dialog.open) return;
    dialog.close();
    store.opened(false);
    launcher.hidden = false;
    launcher.setAttribute('aria-expanded', 'false');
    launcher.focus();
    if (back && history.state?.netGuide) history.back();
  }

  // The keyboard of a telephone shrinks only the visual viewport. Where few lines of text have room, the
  // panel scrolls as one page, and only its foot stays: the emergency line, and the question if it can.
  function fit() {
    if (!dialog.open) return;
    const view = window.visualViewport;
    dialog.style.setProperty('--height', view && narrow.matches ? `${view.height}px` : '');
    dialog.style.setProperty('--top', view && narrow.matches ? `${view.offsetTop}px` : '');
    const letter = parseFloat(getComputedStyle(dialog).fontSize);
    const lines = dialog.clientHeight / letter;
    dialog.classList.toggle('tight', lines < TIGHT || dialog.clientWidth / letter < NARROWEST);
    dialog.classList.toggle('tightest', lines < TIGHTEST);
  }

  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    if (menu.hidden) close();
    else {
      showMenu(false);
      more.focus();
    }
  });
  // A link within the page ends up here too; only leaving the entry that opening made closes the panel.
  window.addEventListener('popstate', () => {
    if (narrow.matches && !history.state?.netGuide) close({ back: false });
  });
  for (const use of ['pointerdown', 'keydown', 'wheel', 'input']) dialog.addEventListener(use, talk.used, { passive: true });
  window.addEventListener('resize', fit);
  window.visualViewport?.addEventListener('resize', fit);
  window.visualViewport?.addEventListener('scroll', fit);
  narrow.addEventListener('change', () => {
    if (!dialog.open) return;
    const focused = root.activeElement;
    dialog.close();
    show();
    focused?.focus();
  });
  menu.addEventListener('click', (event) => {
    if (event.target !== size && event.target.closest('button')) showMenu(false);
  });
  return { open };
}

async function stylesheet() {
  const sheet = new CSSStyleSheet();
  return sheet.replace(await (await ok(new URL('panel.css', import.meta.url))).text());
}

async function read(address) {
  return (await ok(address)).json();
}

async function ok(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}
