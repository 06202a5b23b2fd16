// Speaks to assistive technology, apart from the visible log: one utterance a turn, then cleared.
const AFTER_FOCUS = 250;
const KEPT = 8000;

export function createAnnouncer(el) {
  const regions = [0, 1].map(() => el('div', { role: 'status', 'aria-live': 'polite', class: 'unseen' }));
  let next = 0;
  let clearing;
  return {
    regions,
    say(text) {
      // Two regions in turn: the same words twice are still a change.
      const region = regions[next];
      next = 1 - next;
      clearTimeout(clearing);
      setTimeout(() => {
        regions[next].textContent = '';
        region.textContent = text;
      }, AFTER_FOCUS);
      clearing = setTimeout(() => regions.forEach((each) => { each.textContent = ''; }), KEPT);
    },
  };
}
