// Sends messages one at a time and in order. Each has an id, so that sending it again is harmless.
const PAUSES = [1000, 2500];

export function createOutbox({ store, send, changed, expired }) {
  const queue = store.get('outbox') ?? [];
  let running = false;

  const save = () => store.set({ outbox: queue.map(({ id, text }) => ({ id, text })) });

  async function deliver(item) {
    for (let attempt = 0; ; attempt += 1) {
      if (!navigator.onLine) return 'offline';
      try {
        const answer = await send(item);
        changed(item, 'sent', answer);
        return 'sent';
      } catch (failure) {
        if (failure.status === 401 && !item.renewed) {
          item.renewed = true;
          await expired();
        } else if (failure.status === 429) {
          changed(item, 'waiting', failure.wait);
          await pause((failure.wait || 5) * 1000);
        } else if (failure.status === 413) return 'long';
        else if ((failure.status && failure.status < 500) || attempt >= PAUSES.length) return 'failed';
        else await pause(PAUSES[attempt]);
      }
    }
  }

  async function pump() {
    if (running) return;
    running = true;
    try {
      while (queue.length && !queue[0].stopped) {
        const item = queue[0];
        changed(item, 'pending');
        const state = await deliver(item).catch(() => 'failed');
        if (!queue.includes(item)) continue; // cleared meanwhile
        if (state === 'sent') {
          queue.shift();
          save();
        } else {
          item.stopped = true;
          changed(item, state);
        }
      }
    } finally {
      running = false;
    }
  }

  function resume() {
    for (const item of queue) item.stopped = false;
    return pump();
  }

  return {
    waiting: () => queue,
    add(item) {
      queue.push(item);
      save();
      if (queue.length > 1 && queue[0].stopped) changed(item, 'queued');
      pump();
    },
    resume,
    clear() {
      queue.length = 0;
      save();
    },
  };
}

const pause = (time) => new Promise((done) => { setTimeout(done, time); });
