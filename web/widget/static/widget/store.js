// What one tab remembers: the session and what is not sent yet. What was said stays on the server.
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
    // A duplicated tab brings a copy of this store; only one of the two may go on with the session.
    async claim() {
      // A page that is left may hold its lock a while yet on a slow machine: a reload is no copy.
      for (const wait of [0, 150, 400, 800, 1600]) {
        if (wait) await new Promise((done) => { setTimeout(done, wait); });
        if (await hold(data.tab)) return;
      }
      this.clear();
    },
  };
}

function hold(tab) {
  if (!navigator.locks) return true;
  return new Promise((done) => {
    navigator.locks.request(`net-guide-${tab}`, { ifAvailable: true }, (lock) => {
      done(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}
