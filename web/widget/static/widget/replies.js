// Draws a reply from its blocks, every character of them, and what can be done with it.
import { button, el, link } from './dom.js';
import { inLanguages, otherLanguage } from './languages.js';

const ADDRESS = /(https?:\/\/\S*[\w/])/;

// An address in a text can be pressed; nobody has to copy it on a phone.
function written(text, strings, around) {
  const draw = (part) => part.split(ADDRESS).map((piece) => (ADDRESS.test(piece)
    ? link(piece, piece, { target: '_blank', rel: 'noopener noreferrer', title: strings.newTab }) : piece));
  return inLanguages(text, strings, { around, draw });
}

export function drawBlocks(blocks, strings) {
  return blocks.map((block) => {
    if (block.type === 'list') {
      return el('ul', { role: 'list' }, ...block.items.map((item) => el('li', {}, item)));
    }
    if (block.type === 'alert') {
      const actions = (block.actions ?? []).map(({ label, href }) => link(label, href, { class: 'call' }));
      const lang = otherLanguage(block.text, strings.languages, strings.lang);
      const important = lang ? strings.languages[lang].important : strings.important;
      return el('div', { class: 'alert', role: 'group', 'aria-label': important, lang },
        el('p', { class: 'alert-title' }, important),
        el('p', {}, ...written(block.text, strings, lang)),
        actions.length ? el('p', { class: 'actions' }, ...actions) : null);
    }
    return el('p', {}, ...written(block.text, strings));
  });
}

// Those that a visitor may find wrong; nobody in danger or in grief is asked for a verdict.
const JUDGED = ['answer', 'not_covered', 'medical_advice', 'out_of_scope'];

export function drawReply(reply, { strings, ask, judge, readSection, callBack }) {
  const parts = drawBlocks(reply.blocks, strings);
  const isAnswer = reply.kind === 'answer';
  if (isAnswer && reply.topics?.[0]) parts.push(wholeSection(reply, strings, readSection));
  if (isAnswer && reply.source?.url) parts.push(sourceLink(reply.source, strings));
  if (reply.kind === 'handoff' || reply.topics?.includes('appointment')) {
    parts.push(el('p', {}, button(strings.callBack, callBack, { class: 'call' })));
  }
  if (reply.suggestions?.length) parts.push(quickReplies(reply.suggestions, strings.suggestions, strings, ask));
  if (JUDGED.includes(reply.kind)) parts.push(verdict(reply, strings, judge));
  return parts;
}

export const emergencyLinks = (strings, kind) => [
  link(strings.call911, 'tel:911', { class: kind }),
  link(strings.call988, 'tel:988', { class: kind }),
  link(strings.text988, 'sms:988', { class: kind }),
];

function sourceLink({ title, section, url }, strings) {
  const name = section ? `${title}: ${section}` : title;
  return el('p', { class: 'source' }, `${strings.source} `,
    link(`${name} (${strings.newTab})`, url, { target: '_blank', rel: 'noopener noreferrer' }));
}

function wholeSection(reply, strings, readSection) {
  const body = el('div', { class: 'section' });
  const details = el('details', { ontoggle: load }, el('summary', {}, strings.wholeSection), body);
  let isRead = false;
  async function load() {
    if (!details.open || isRead) return;
    body.replaceChildren(el('p', {}, strings.loading));
    try {
      const { passages } = await readSection(reply.topics[0]);
      body.replaceChildren(...passages.flatMap(({ question, blocks }) => [
        el('h4', {}, question), ...drawBlocks(blocks, strings)]));
      isRead = true;
    } catch {
      body.replaceChildren(el('p', {}, strings.failed));
    }
  }
  return details;
}

export function quickReplies(suggestions, name, strings, ask) {
  const items = suggestions.map(({ title, message }) => {
    const choice = button(title, () => {
      if (choice.getAttribute('aria-disabled')) return;
      choice.setAttribute('aria-disabled', 'true');
      choice.append(` (${strings.asked})`);
      ask(message);
    });
    return el('li', {}, choice);
  });
  return el('ul', { class: 'quick', role: 'list', 'aria-label': name }, ...items);
}

function verdict(reply, strings, judge) {
  const status = el('span', { role: 'status' });
  const field = el('textarea', { rows: 2, maxlength: 1000 });
  const comment = el('div', { class: 'comment', hidden: true },
    el('label', {}, strings.comment, field), button(strings.sendComment, sendComment));
  const [yes, no] = [[strings.helpful, true], [strings.notHelpful, false]].map(([text, helpful]) =>
    button(text, () => choose(helpful), { 'aria-pressed': String(reply.helpful === helpful) }));
  let chosen;

  function choose(helpful) {
    chosen = helpful;
    yes.setAttribute('aria-pressed', String(helpful));
    no.setAttribute('aria-pressed', String(!helpful));
    comment.hidden = false;
    comment.scrollIntoView({ block: 'nearest' });
    keep();
  }

  async function sendComment() {
    const text = field.value.trim();
    if (!text || !await keep(text)) return;
    field.value = '';
    comment.hidden = true;
    (chosen ? yes : no).focus();
  }

  async function keep(text) {
    try {
      await judge(reply.id, chosen, text);
      status.textContent = strings.thanks;
      return true;
    } catch {
      status.textContent = strings.failed;
      return false;
    }
  }
  return el('div', { class: 'verdict', role: 'group', 'aria-label': strings.feedback }, yes, no, status, comment);
}
