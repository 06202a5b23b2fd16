// What one tab remembers: the session and what is not sent yet. What was said stays on the server.
import { claim, hold } from './tab.js';

const KEY = 'net-guide';

export function uuid() {
  // crypto.randomUUID is missing where a page is not served over HTTPS.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function createStore(keep) {
  let data = keep === 'tab' ? read() : {};
  data.tab ??= uuid();

  function read() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    } catch {
      return {};
    }
  }

  return {
    get: (name) => data[name],
    set(values) {
      Object.assign(data, values);
      if (keep !== 'tab') return;
      try {
        sessionStorage.setItem(KEY, JSON.stringify(data));
      } catch {
        // Storage is full or forbidden: the talk goes on, it only does not outlive the page.
      }
    },
    clear() {
      data = { tab: uuid(), size: data.size };
      hold(data.tab);
      try {
        sessionStorage.removeItem(KEY);
      } catch {
        // Nothing was kept.
      }
    },
    opened(open) {
      try {
        sessionStorage.setItem('net-guide-open', open ? '1' : '0');
      } catch {
        // It stays closed on the next page.
      }
    },
    // What a duplicated tab brought along stays with the tab it was copied from.
    async claim() {
      if (!await claim(data.tab)) this.clear();
    },
  };
}
