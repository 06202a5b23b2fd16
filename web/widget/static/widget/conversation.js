// The talk: what is said, what is shown of it, and what can be done with it.
import { createForm } from './appointment.js';
import { button, el, link } from './dom.js';
import { createIdle } from './idle.js';
import { createOutbox } from './outbox.js';
import { drawReply, quickReplies } from './replies.js';
import { asText, print, save } from './transcript.js';
import { uuid } from './store.js';

const LONGEST = 1000;
const SLOW = 1500;

export function createConversation({ api, store, strings, options, announce, host }) {
  const rows = new Map();
  let restored = false;
  let form;

  const log = el('ol', { class: 'log', role: 'list' });
  const intro = el('div', { class: 'intro' });
  const scroller = el('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': strings.log }, intro, log);
  const notice = el('div', { class: 'notice', hidden: true });
  const typing = el('p', { class: 'typing', hidden: true }, strings.typing);
  const input = el('textarea', {
    id: 'input', rows: 2, enterkeyhint: 'send', autocomplete: 'off', 'aria-describedby': 'left', oninput: typed,
  });
  const left = el('p', { id: 'left', class: 'problem' });
  const composer = el('form', { class: 'composer', onsubmit: submit },
    el('label', { for: 'input' }, strings.input), left,
    el('div', { class: 'row' }, input, el('button', { class: 'primary' }, strings.send)));
  const reference = el('p', { class: 'reference' });

  const outbox = createOutbox({
    store,
    send: async ({ id, text }) => {
      await session();
      return api.say(store.get('session'), id, text);
    },
    changed,
    expired: async () => {
      store.set({ session: undefined });
      await session();
      tell(strings.renewed);
    },
  });
  const idle = createIdle({
    store, seconds: 900,
    warn(seconds) {
      tell(strings.idle.replace('{seconds}', seconds),
        button(strings.idleStay, () => { idle.touch(); focus(); }),
        button(strings.idleClear, () => forgetHere(strings.idleCleared)));
    },
    unwarn: quiet,
    expire: () => forgetHere(strings.idleCleared),
  });

  // --- the session -------------------------------------------------------------------------------
  let beginning;
  function session() {
    if (store.get('session')) return Promise.resolve();
    beginning ??= begin().finally(() => { beginning = undefined; });
    return beginning;
  }

  async function begin() {
    const begun = await api.begin(`${location.pathname}${section() ? `#${section()}` : ''}`.slice(0, 200));
    store.set({
      session: begun.session, reference: begun.reference, idle: begun.idle_seconds,
      days: begun.kept_days, starters: begun.messages[0].suggestions, contact: begun.contact,
    });
    idle.limit(begun.idle_seconds);
    idle.touch();
    welcome();
  }

  // The section being read: named by the tag, or the last one whose top has been passed.
  function section() {
    if (options.section) return options.section;
    const passed = [...document.querySelectorAll('[data-section]')].filter((node) =>
      node.tagName !== 'SCRIPT' && node.getBoundingClientRect().top < innerHeight / 2);
    return passed.at(-1)?.dataset.section ?? '';
  }

  function welcome() {
    intro.replaceChildren(el('h3', {}, strings.introTitle), ...strings.intro.map((text) =>
      el('p', {}, text.replace('{days}', store.get('days') ?? 90))));
    const starters = store.get('starters') ?? [];
    if (starters.length && !log.childElementCount) {
      intro.append(el('h4', {}, strings.starters), quickReplies(starters, strings, ask));
    }
    const code = store.get('reference');
    reference.replaceChildren(...(code ? [`${strings.reference} `, el('strong', {}, code), ` ${strings.referenceHint}`] : []));
  }

  async function start() {
    idle.look();
    try {
      if (store.get('session') && !restored) await restore();
      await session();
      restored = true;
      if (!idle.isWarned()) quiet();
      outbox.resume();
    } catch (failure) {
      if (failure.status === 401) {
        forgetHere();
        await start();
      } else tell(strings.unreachable, button(strings.tryAgain, start),
        link(strings.callBack, options.appointments), link(strings.contact, store.get('contact') ?? options.appointments));
    }
  }

  async function restore() {
    const { messages } = await api.transcript(store.get('session'));
    const sent = new Set(messages.map(({ id }) => id));
    for (const message of messages.slice(1)) {
      if (message.from === 'visitor') drawMine(message);
      else drawTheirs(message);
    }
    for (const item of outbox.waiting()) if (!sent.has(item.id)) drawMine(item);
    idle.limit(store.get('idle'));
    if (log.lastElementChild) scroller.scrollTop = scroller.scrollHeight;
  }

  // --- saying ------------------------------------------------------------------------------------
  function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    if (text.length > LONGEST) {
      left.textContent = strings.tooLong;
      announce(strings.tooLong);
      return;
    }
    input.value = '';
    typed();
    ask(text);
  }

  function ask(text) {
    closeForm();
    idle.touch();
    const item = { id: uuid(), text };
    drawMine(item);
    outbox.add(item);
    scroller.scrollTop = scroller.scrollHeight;
  }

  function typed() {
    idle.touch();
    const rest = LONGEST - input.value.trim().length;
    left.textContent = rest < 100 ? strings.left.replace('{count}', rest) : '';
  }

  let slow;
  function wait(on) {
    clearTimeout(slow);
    typing.hidden = !on;
    if (on) {
      log.after(typing);
      slow = setTimeout(() => announce(strings.typing), SLOW);
    }
  }

  function changed(item, state, detail) {
    const row = rows.get(item.id);
    wait(state === 'pending');
    if (!row) return;
    row.state.replaceChildren(strings[state] ?? '');
    if (state === 'sent') {
      row.text.textContent = detail.said;
      row.state.replaceChildren();
      if (detail.redacted.length) {
        row.state.append(strings.redacted.replace('{names}', detail.redacted.join(', ')));
      }
      for (const reply of detail.messages) drawTheirs(reply, true);
      announce([row.state.textContent, ...detail.messages.map(({ text }) => `${strings.guide}: ${text}`)].join(' ').trim());
    } else if (state === 'waiting') {
      row.state.textContent = strings.waiting.replace('{seconds}', detail || 5);
      announce(row.state.textContent);
    } else if (state !== 'pending' && state !== 'queued') {
      const reason = { offline: strings.offline, long: strings.tooLong }[state] ?? strings.failedSend;
      row.state.replaceChildren(`${reason} `, button(strings.retry, () => outbox.resume()));
      announce(reason);
    }
  }

  // --- showing -----------------------------------------------------------------------------------
  function drawMine({ id, text }) {
    if (rows.has(id)) return;
    const row = { text: el('p', {}, text), state: el('div', { class: 'state' }) };
    rows.set(id, row);
    log.append(el('li', { class: 'mine' }, el('p', { class: 'who' }, strings.you), row.text, row.state));
  }

  function drawTheirs(reply, isNew = false) {
    if (rows.has(reply.id)) return;
    rows.set(reply.id, {});
    const item = el('li', { class: `theirs ${reply.kind === 'emergency' || reply.kind === 'crisis' ? 'urgent' : ''}` },
      el('p', { class: 'who' }, strings.guide),
      ...drawReply(reply, {
        strings, ask, callBack: openForm, readSection: api.section,
        judge: (message, helpful, comment) => api.judge(store.get('session'), message, helpful, comment),
      }));
    log.append(item);
    if (isNew) scroller.scrollTop = item.offsetTop - scroller.offsetTop - 48;
  }

  function tell(text, ...actions) {
    notice.replaceChildren(el('p', {}, text), el('p', { class: 'actions' }, ...actions));
    notice.hidden = false;
    announce(text);
  }

  function quiet() {
    notice.hidden = true;
    notice.replaceChildren();
  }

  // --- the form ----------------------------------------------------------------------------------
  function openForm() {
    closeForm();
    form = createForm({
      strings, session: () => store.get('session'), submit: api.appointment, close: () => { closeForm(); focus(); },
      done(code) {
        closeForm();
        const text = strings.form.done.replace('{reference}', code);
        log.append(el('li', { class: 'theirs' }, el('p', { class: 'who' }, strings.guide), el('p', {}, text)));
        scroller.scrollTop = scroller.scrollHeight;
        announce(text);
        focus();
      },
    });
    scroller.append(form.form);
    form.form.addEventListener('input', idle.touch);
    form.focus();
    form.form.scrollIntoView({ block: 'start' });
  }

  function closeForm() {
    form?.form.remove();
    form = undefined;
  }

  // --- the menu ----------------------------------------------------------------------------------
  function forgetHere(text) {
    outbox.clear();
    store.clear();
    rows.clear();
    log.replaceChildren();
    wait(false);
    closeForm();
    input.value = '';
    typed();
    quiet();
    welcome();
    if (text) tell(text);
  }

  function clear() {
    tell(strings.clearSure,
      button(strings.clearYes, async () => {
        try {
          if (store.get('session')) await api.forget(store.get('session'));
        } catch (failure) {
          if (failure.status !== 401) {
            tell(strings.failed, button(strings.tryAgain, clear));
            return;
          }
        }
        forgetHere();
        await start();
        tell(strings.cleared);
        focus();
      }),
      button(strings.clearNo, () => { quiet(); focus(); }));
    notice.querySelector('button').focus();
  }

  async function saveText() {
    try {
      const { messages, reference: code } = await api.transcript(store.get('session'));
      save(asText(messages, code, strings), `${code}.txt`);
    } catch {
      tell(strings.failed);
    }
  }

  function focus() {
    input.focus();
  }

  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  });
  window.addEventListener('online', () => { quiet(); if (restored) outbox.resume(); });
  window.addEventListener('offline', () => tell(strings.offline));

  return {
    elements: [notice, scroller, composer],
    menu: [
      button(strings.save, saveText), button(strings.print, () => print(host)),
      button(strings.clear, clear), reference,
    ],
    prepare: welcome,
    start,
    focus,
  };
}
