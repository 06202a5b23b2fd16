// Which language a text is in, so that a screen reader speaks it in that one. A fixed text may be in another
// language than the panel, with one more in parentheses or on a line of its own.
import { el } from './dom.js';

const PART = /(\n+|\s\([^()]*\))/;
// A name may have one word of any language.
const LEAST = 2;

// The one that most of the words are of, unless it is the one of what stands around, or cannot be told.
export function otherLanguage(text, languages, around) {
  const said = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  let most = LEAST - 1;
  let found;
  for (const [language, { words }] of Object.entries(languages)) {
    const count = said.filter((word) => words.includes(word)).length;
    if (count > most) [most, found] = [count, language];
  }
  return found === around.split('-')[0] ? undefined : found;
}

// The text as nodes, what is in another language marked so; `draw` makes the nodes of what is in one.
export function inLanguages(text, strings, { around = strings.lang, draw = (run) => [run] } = {}) {
  const runs = [];
  for (const part of text.split(PART)) {
    const last = runs.at(-1);
    const lang = part.trim() ? otherLanguage(part, strings.languages, around) : last?.lang;
    if (last && last.lang === lang) last.text += part;
    else runs.push({ lang, text: part });
  }
  return runs.flatMap(({ lang, text: run }) => (lang ? [el('span', { lang }, ...draw(run))] : draw(run)));
}
