// Which tab goes on with a talk. A duplicated tab brings along what the first one kept, and so does a reload,
// while the page that was left may hold its lock a while yet. So the holder is asked as well: a page that
// stays answers, however late; one that was left cannot, and its lock comes free.
const STAYS = 300;
// A page that the browser has put to sleep does neither. Rather a new talk than one that two tabs have.
const PATIENCE = 10000;

const held = new Set();
const channel = new BroadcastChannel('net-guide');
channel.addEventListener('message', ({ data }) => {
  if (held.has(data.asked)) setTimeout(() => channel.postMessage({ stays: data.asked }), STAYS);
});

// Until the page is left. Locks are missing where a page is not served over HTTPS.
export function hold(tab, signal) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((done) => {
    navigator.locks.request(`net-guide-${tab}`, { signal }, () => {
      held.add(tab);
      done(true);
      return new Promise(() => {});
    }).catch(() => done(false));
  });
}

export async function claim(tab) {
  const waiting = new AbortController();
  const isOurs = await Promise.race([hold(tab, waiting.signal), staysElsewhere(tab).then(() => false)]);
  waiting.abort();
  return isOurs;
}

function staysElsewhere(tab) {
  return new Promise((done) => {
    channel.addEventListener('message', ({ data }) => { if (data.stays === tab) done(); });
    channel.postMessage({ asked: tab });
    setTimeout(done, PATIENCE);
  });
}
