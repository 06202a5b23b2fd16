// The talk: what is said, what is shown of it, and what can be done with it.
import { createForm } from './appointment.js';
import { createComposer } from './composer.js';
import { button, el, hasFocus, link } from './dom.js';
import { createIdle } from './idle.js';
import { createLog } from './log.js';
import { createOutbox } from './outbox.js';
import { sectionBeingRead } from './page.js';
import { emergencyLinks, quickReplies } from './replies.js';
import { asText, print, save } from './transcript.js';
import { uuid } from './store.js';

export function createConversation({ api, store, strings, options, announce, host }) {
  let opened = false;
  let restored = false;
  let form;
  let isTrouble = false;

  const intro = el('div', { class: 'intro' });
  const notice = el('div', { class: 'notice', hidden: true });
  const reference = el('p', { class: 'reference' });
  const log = createLog({
    strings, announce, intro, retry: () => { focus(); outbox.resume(); },
    deeds: {
      ask, callBack: openForm, readSection: api.section,
      judge: (message, helpful, comment) => api.judge(store.get('session'), message, helpful, comment),
    },
  });
  const composer = createComposer({ strings, announce, send: ask });
  const outbox = createOutbox({
    store,
    send: async ({ id, text }) => {
      await session();
      return api.say(store.get('session'), id, text);
    },
    changed: log.changed,
    expired: async () => {
      store.set({ session: undefined });
      await session();
      tell(strings.renewed);
    },
  });
  const idle = createIdle({
    store, seconds: store.get('idle') ?? 900,
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
    const section = sectionBeingRead(options.section);
    const begun = await api.begin(`${location.pathname}${section ? `#${section}` : ''}`.slice(0, 200));
    store.set({
      session: begun.session, reference: begun.reference, idle: begun.idle_seconds,
      days: begun.kept_days, starters: begun.messages[0].suggestions, contact: begun.contact,
    });
    idle.limit(begun.idle_seconds);
    idle.touch();
    welcome();
  }

  function welcome() {
    const [what, ...rest] = strings.intro.map((text) => el('p', {}, text.replace('{days}', store.get('days') ?? 90)));
    intro.replaceChildren(el('h3', {}, strings.introTitle), what,
      el('p', {}, strings.notForEmergencies), el('p', { class: 'actions' }, ...emergencyLinks(strings, 'call')), ...rest);
    const starters = store.get('starters') ?? [];
    if (starters.length && log.isEmpty()) {
      intro.append(el('h4', {}, strings.starters), quickReplies(starters, strings.starters, strings, ask));
    }
    const code = store.get('reference');
    reference.replaceChildren(...(code ? [`${strings.reference} `, el('strong', {}, code), ` ${strings.referenceHint}`] : []));
  }

  async function start() {
    opened = true;
    idle.look();
    try {
      if (store.get('session') && !restored) await restore();
      await session();
      restored = true;
      if (isTrouble) quiet();
      outbox.resume();
    } catch (failure) {
      if (failure.status === 401) {
        forgetHere(strings.renewed);
        await start();
      } else trouble(strings.unreachable, button(strings.tryAgain, start),
        link(strings.callBack, options.appointments), link(strings.contact, store.get('contact') ?? options.appointments));
    }
  }

  async function restore() {
    const { messages } = await api.transcript(store.get('session'));
    const sent = new Set(messages.map(({ id }) => id));
    for (const message of messages.slice(1)) {
      if (message.from === 'visitor') log.mine(message);
      else log.theirs(message);
    }
    if (store.get('request')) log.note(requested(store.get('request')));
    for (const item of outbox.waiting()) if (!sent.has(item.id)) log.mine(item);
    if (!log.isEmpty()) log.toEnd();
  }

  // --- saying ------------------------------------------------------------------------------------
  function ask(text) {
    closeForm();
    idle.touch();
    if (!isTrouble) quiet();
    const item = { id: uuid(), text };
    log.mine(item);
    outbox.add(item);
    log.toEnd();
  }

  // --- notices -----------------------------------------------------------------------------------
  // Who stood on one of its buttons stands on the next one, or else on the question.
  function tell(text, ...actions) {
    const had = hasFocus(notice);
    isTrouble = false;
    notice.replaceChildren(el('p', {}, text), el('p', { class: 'actions' }, ...actions));
    notice.hidden = false;
    if (had) (notice.querySelector('button') ?? composer).focus();
    announce(text);
  }

  // It goes by itself when the line is back.
  function trouble(text, ...actions) {
    tell(text, ...actions);
    isTrouble = true;
  }

  function quiet() {
    if (hasFocus(notice)) focus();
    isTrouble = false;
    notice.hidden = true;
    notice.replaceChildren();
  }

  // --- the form ----------------------------------------------------------------------------------
  function openForm() {
    closeForm();
    form = createForm({
      strings, session: () => store.get('session'), submit, close: () => { closeForm(); focus(); },
      done(code) {
        closeForm();
        store.set({ request: code });
        log.note(requested(code), true);
        focus();
      },
    });
    log.element.append(form.form);
    form.focus();
    form.form.scrollIntoView({ block: 'start' });
  }

  const requested = (code) => strings.form.done.replace('{reference}', code);

  // The end of the talk is no reason to refuse a call back.
  async function submit(body) {
    try {
      return await api.appointment(body);
    } catch (failure) {
      if (failure.status !== 401) throw failure;
      return api.appointment({ ...body, session: undefined });
    }
  }

  function closeForm() {
    form?.form.remove();
    form = undefined;
  }

  // --- the menu ----------------------------------------------------------------------------------
  function forgetHere(text) {
    outbox.clear();
    store.clear();
    log.clear();
    closeForm();
    composer.clear();
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
    composer.focus();
  }

  window.addEventListener('online', () => { if (opened) start(); });
  window.addEventListener('offline', () => {
    if (opened) trouble(outbox.waiting().length ? strings.offline : strings.offlineNoMessage);
  });

  return {
    elements: [notice, log.element],
    composer: composer.element,
    menu: [
      button(strings.save, saveText), button(strings.print, () => print(host)),
      button(strings.clear, clear), reference,
    ],
    prepare: welcome,
    // A warning is answered by its own buttons, which the first touch must not take away, or by writing on.
    used: ({ type }) => { if (type === 'input' || !idle.isWarned()) idle.touch(); },
    start,
    focus,
  };
}
