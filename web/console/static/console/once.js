// A second click on a button sends its form no second time; after a while it does, should nothing have come.
const SECONDS = 10;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  setTimeout(() => delete form.dataset.sent, SECONDS * 1000);
});
