// Clears the chat of a shared computer, after a warning that can be put off.
const WARNING = 120;

export function createIdle({ store, seconds, warn, unwarn, expire }) {
  let warned = false;
  let limit = seconds;

  function touch() {
    if (!warned && Date.now() - (store.get('touched') ?? 0) < 1000) return;
    store.set({ touched: Date.now() });
    if (warned) unwarn();
    warned = false;
  }

  function look() {
    if (!store.get('session')) return;
    const idle = (Date.now() - (store.get('touched') ?? Date.now())) / 1000;
    const notice = Math.min(WARNING, limit / 2);
    if (idle >= limit) {
      warned = false;
      unwarn();
      expire();
    } else if (idle >= limit - notice && !warned) {
      warned = true;
      warn(Math.round(limit - idle));
    }
  }

  setInterval(look, 1000);
  return {
    touch,
    look,
    limit(value) { limit = value || limit; },
    isWarned: () => warned,
  };
}
