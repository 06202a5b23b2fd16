// The page around the widget: which of its sections is being read.

// As the tag names it, or else the last one whose top has been passed.
export function sectionBeingRead(named) {
  if (named) return named;
  const passed = [...document.querySelectorAll('[data-section]')].filter((node) =>
    node.tagName !== 'SCRIPT' && node.getBoundingClientRect().top < innerHeight / 2);
  return passed.at(-1)?.dataset.section ?? '';
}
