// Speaks to assistive technology, apart from the visible log: one utterance a turn, then cleared. What comes
// at almost the same time becomes one utterance, or the second would take the first one away.
import { el } from './dom.js';
import { inLanguages } from './languages.js';

const AFTER_FOCUS = 250;
const KEPT = 8000;

export function createAnnouncer(strings) {
  const regions = [0, 1].map(() => el('div', { role: 'status', 'aria-live': 'polite', class: 'unseen' }));
  let next = 0;
  let clearing;
  let pending = [];

  function speak() {
    const region = regions[next];
    next = 1 - next;
    // Two regions in turn: the same words twice are still a change.
    regions[next].textContent = '';
    region.replaceChildren(...pending.flatMap((text, place) => [place ? ' ' : '', ...inLanguages(text, strings)]));
    pending = [];
    clearing = setTimeout(() => { region.textContent = ''; }, KEPT);
  }

  return {
    regions,
    say(text) {
      if (!pending.length) {
        clearTimeout(clearing);
        setTimeout(speak, AFTER_FOCUS);
      }
      if (!pending.includes(text)) pending.push(text);
    },
  };
}
