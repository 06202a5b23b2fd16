// The call-back form: ordinary fields, checked by the server, each problem told at its field.
import { button, el } from './dom.js';
import { uuid } from './store.js';

const FIELDS = [
  ['name', 'text', 'name', 100], ['phone', 'tel', 'tel', 40], ['email', 'email', 'email', 254],
];
const CHOICES = ['best_time', 'patient', 'region', 'reason'];
// One of them is enough.
const EITHER = ['phone', 'email'];

export function createForm({ strings, session, submit, done, close }) {
  const words = strings.form;
  const id = uuid();
  const inputs = {};
  const problems = {};

  const field = (name, input) => {
    problems[name] = el('p', { class: 'problem', id: `problem-${name}` });
    inputs[name] = input;
    input.id = `field-${name}`;
    input.required = !EITHER.includes(name);
    input.setAttribute('aria-describedby', `problem-${name}`);
    const label = el('label', { for: input.id }, words[name]);
    return name === 'consent'
      ? el('div', { class: 'field tick' }, problems[name], input, label)
      : el('div', { class: 'field' }, label, problems[name], input);
  };
  const fields = [
    ...FIELDS.map(([name, type, autocomplete, maxlength]) =>
      field(name, el('input', { type, autocomplete, maxlength }))),
    ...CHOICES.map((name) => field(name, el('select', {}, el('option', { value: '' }, words.choose),
      ...Object.entries(words.choices[name]).map(([value, text]) => el('option', { value }, text))))),
    field('consent', el('input', { type: 'checkbox' })),
  ];
  const status = el('p', { class: 'problem', role: 'alert' });
  const send = el('button', { class: 'primary' }, words.send);
  const title = el('h3', { tabindex: -1 }, words.title);
  const form = el('form', { class: 'form', novalidate: true, 'aria-label': words.title, onsubmit: press, oninput: mended },
    title, el('p', {}, words.intro), ...fields, status,
    el('p', { class: 'actions' }, send, button(words.cancel, close)));
  let busy = false;

  async function press(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    status.textContent = '';
    const body = { id, consent: inputs.consent.checked, ...(session() ? { session: session() } : {}) };
    for (const name of [...FIELDS.map(([first]) => first), ...CHOICES]) body[name] = inputs[name].value.trim();
    try {
      done((await submit(body)).reference);
    } catch (failure) {
      show(failure.errors ?? {});
      if (!Object.keys(failure.errors ?? {}).length) status.textContent = words.failed;
    }
    busy = false;
  }

  function complain(name, problem = '') {
    problems[name].textContent = problem;
    inputs[name].setAttribute('aria-invalid', String(Boolean(problem)));
  }

  function mended({ target }) {
    const name = target.id.replace('field-', '');
    for (const each of EITHER.includes(name) ? EITHER : [name]) complain(each);
  }

  function show(errors) {
    for (const name of Object.keys(inputs)) complain(name, errors[name]);
    inputs[Object.keys(inputs).find((name) => name in errors)]?.focus();
  }

  return { form, focus: () => title.focus() };
}
