// Warns before the server signs the person out, and offers to stay. The server decides; this only asks it.
const box = document.getElementById("idle");

async function look() {
  let left;
  try {
    const answer = await fetch(box.dataset.left, { headers: { Accept: "application/json" } });
    left = answer.status === 401 ? 0 : (await answer.json()).seconds;
  } catch {
    left = Number(box.dataset.warning); // offline: look again soon
  }
  if (left <= 0) {
    // Back to this page after signing in; what is on the screen must not stay there.
    location.replace(`${box.dataset.out}?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  const warning = Number(box.dataset.warning);
  box.hidden = left > warning;
  const wait = left > warning ? left - warning + 1 : Math.min(left + 1, 10);
  setTimeout(look, wait * 1000);
}

box.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  box.hidden = answer.ok;
});

look();
