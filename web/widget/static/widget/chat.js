// The loader: the button, and nothing else until it is pressed.
const script = [...document.scripts].find((tag) => tag.src === import.meta.url);
const base = new URL('.', import.meta.url);
export const options = {
  api: new URL(script?.dataset.api ?? '/', import.meta.url).href,
  strings: new URL(script?.dataset.strings ?? 'strings/en.json', base).href,
  appointments: new URL(script?.dataset.appointments ?? '/appointments/', import.meta.url).href,
  section: script?.dataset.section ?? '',
  keep: script?.dataset.keep ?? 'tab',
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { all: initial; display: block; direction: inherit; }
.launcher { position: fixed; z-index: 2147483000; inset-block-end: 16px; inset-inline-end: 16px;
  font: 600 1rem/1.25 var(--net-guide-font, system-ui, sans-serif); min-block-size: 48px;
  padding: .5rem 1.125rem; border-radius: 24px; border: 2px solid var(--net-guide-on-accent, #fff);
  background: var(--net-guide-accent, #0b5566); color: var(--net-guide-on-accent, #fff);
  cursor: pointer; max-inline-size: calc(100vw - 32px); box-sizing: border-box; }
.launcher:focus-visible { outline: 3px solid var(--net-guide-accent, #0b5566); outline-offset: 2px; }
.launcher[hidden] { display: none; }
@media (prefers-color-scheme: dark) {
  .launcher { background: var(--net-guide-accent, #8fd3e3); color: var(--net-guide-on-accent, #0c1a1f);
    border-color: var(--net-guide-on-accent, #0c1a1f); }
  .launcher:focus-visible { outline-color: var(--net-guide-accent, #8fd3e3); }
}
@media print { .launcher { display: none; } }
`);

class NetGuide extends HTMLElement {
  #panel;
  #button;

  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.#button = document.createElement('button');
    this.#button.className = 'launcher';
    this.#button.type = 'button';
    this.#button.setAttribute('aria-haspopup', 'dialog');
    this.#button.setAttribute('aria-expanded', 'false');
    this.#button.textContent = script?.dataset.label ?? 'Ask about NETs';
    this.#button.addEventListener('click', () => this.open());
    root.append(this.#button);
    this.setAttribute('role', 'complementary');
    this.setAttribute('aria-label', this.#button.textContent);
    if (wasOpen() && matchMedia('(min-width: 600px)').matches) this.open({ focus: false });
  }

  // Pressed twice while the files load, it still opens once.
  async open({ focus = true } = {}) {
    try {
      this.#panel ??= import('./panel.js').then(({ createPanel }) =>
        createPanel(this.shadowRoot, this.#button, options));
      (await this.#panel).open({ focus });
    } catch {
      // The files cannot be had: the plain links of the page are better than a dead button.
      this.#panel = undefined;
      const slot = document.createElement('slot');
      const link = document.createElement('a');
      link.href = options.appointments;
      link.className = 'launcher';
      link.textContent = script?.dataset.offline ?? 'The guide is not available. Contact us. Emergency: 911';
      this.#button.replaceWith(slot, link);
      if (focus) link.focus();
    }
  }

  focus() {
    this.#button.focus();
  }
}

function wasOpen() {
  try {
    return sessionStorage.getItem('net-guide-open') === '1';
  } catch {
    return false;
  }
}

customElements.define('net-guide', NetGuide);
if (!document.querySelector('net-guide')) document.body.append(document.createElement('net-guide'));
