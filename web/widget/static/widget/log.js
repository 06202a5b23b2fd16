// What was said, as it is shown: each turn once, with how the sending of it stands.
import { button, el } from './dom.js';
import { drawReply } from './replies.js';

const SLOW = 1500;

export function createLog({ strings, announce, intro, deeds, retry }) {
  const rows = new Map();
  const list = el('ol', { class: 'log', role: 'list' });
  const scroller = el('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': strings.log }, intro, list);
  const typing = el('p', { class: 'typing', hidden: true }, strings.typing);
  let slow;

  function mine({ id, text }) {
    if (rows.has(id)) return;
    const row = { text: el('p', {}, text), state: el('div', { class: 'state' }) };
    rows.set(id, row);
    list.append(el('li', { class: 'mine' }, el('p', { class: 'who' }, strings.you), row.text, row.state));
  }

  function theirs(reply, isNew = false) {
    if (rows.has(reply.id)) return;
    rows.set(reply.id, {});
    const item = add(...drawReply(reply, { strings, ...deeds }));
    if (isNew) item.scrollIntoView({ block: 'start' });
  }

  function add(...parts) {
    const item = el('li', { class: 'theirs' }, el('p', { class: 'who' }, strings.guide), ...parts);
    list.append(item);
    return item;
  }

  function note(text, isNew = false) {
    add(el('p', {}, text));
    if (!isNew) return;
    toEnd();
    announce(text);
  }

  function wait(on) {
    clearTimeout(slow);
    typing.hidden = !on;
    if (on) {
      list.after(typing);
      slow = setTimeout(() => announce(strings.typing), SLOW);
    }
  }

  function changed(item, state, detail) {
    const row = rows.get(item.id);
    wait(state === 'pending');
    if (!row) return;
    row.state.replaceChildren(strings[state] ?? '');
    if (state === 'sent') answered(row, detail);
    else if (state === 'waiting') {
      row.state.textContent = strings.waiting.replace('{seconds}', detail || 5);
      announce(row.state.textContent);
    } else if (state !== 'pending' && state !== 'queued') {
      const reason = { offline: strings.offline, long: strings.tooLong }[state] ?? strings.failedSend;
      row.state.replaceChildren(`${reason} `, button(strings.retry, retry));
      announce(reason);
    }
  }

  const named = (kind) => strings.redactedNames?.[kind] ?? kind;

  function answered(row, { said, redacted, messages }) {
    row.text.textContent = said;
    row.state.textContent = redacted.length ? strings.redacted.replace('{names}', redacted.map(named).join(', ')) : '';
    for (const reply of messages) theirs(reply, true);
    if (row.state.textContent) announce(row.state.textContent);
    for (const { text } of messages) {
      announce(`${strings.guide}:`);
      announce(text);
    }
  }

  function toEnd() {
    (typing.hidden ? list.lastElementChild : typing)?.scrollIntoView({ block: 'nearest' });
  }

  function clear() {
    rows.clear();
    list.replaceChildren();
    wait(false);
  }

  return { element: scroller, mine, theirs, note, changed, toEnd, clear, isEmpty: () => !list.childElementCount };
}
