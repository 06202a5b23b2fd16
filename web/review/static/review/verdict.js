// While a verdict has the focus, the keys 1 to 5 choose one. Enter saves, as in any form.
const form = document.getElementById("verdict");
const verdicts = [...form.querySelectorAll("input[name=verdict]")];

form.querySelector("fieldset").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const chosen = verdicts[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.checked = true;
  chosen.focus();
});
