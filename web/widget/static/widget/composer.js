// Where a question is written. What is too long stays in the field, with the reason.
import { el } from './dom.js';

const LONGEST = 1000;
const NEAR = 100;

export function createComposer({ strings, announce, send }) {
  const left = el('p', { id: 'left', class: 'problem' });
  const input = el('textarea', {
    id: 'input', rows: 2, enterkeyhint: 'send', autocomplete: 'off', 'aria-describedby': 'left', oninput: typed,
  });
  const composer = el('form', { class: 'composer', onsubmit: submit },
    el('label', { for: 'input' }, strings.input), left,
    el('div', { class: 'row' }, input, el('button', { class: 'primary' }, strings.send)));

  function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    if (text.length > LONGEST) {
      left.textContent = strings.tooLong;
      announce(strings.tooLong);
      return;
    }
    clear();
    send(text);
  }

  function typed() {
    const rest = LONGEST - input.value.trim().length;
    left.textContent = rest < NEAR ? strings.left.replace('{count}', rest) : '';
  }

  function clear() {
    input.value = '';
    left.textContent = '';
  }

  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  });
  return { element: composer, clear, focus: () => input.focus() };
}
