// While a verdict has the focus, the keys 1 to 5 choose one. Enter saves, as in any form.
const form = document.getElementById("verdict");
const verdicts = [...form.querySelectorAll("input[name=verdict]")];

// Beside the turn the verdict may have the focus at once; below it that would scroll the question away.
const first = form.querySelector("fieldset [autofocus]");
if (first && matchMedia("(max-width: 52rem)").matches) {
  first.focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
}

form.querySelector("fieldset").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const chosen = verdicts[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.checked = true;
  chosen.focus();
});
