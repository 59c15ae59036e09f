// What lies over a page that nobody may read now: its content is hidden and out of its title too, and the dialog goes
// only when its own code lifts it. Two may lie over each other; the page is seen again when the last is gone.
const TITLE = document.title; // it may name a patient

/** Nothing of the page is seen or read behind `dialog`, until it is lifted. */
export function veil(dialog, title) {
  document.title = `${title} · Tumorboard`;
  document.body.classList.add("tb-is-veiled");
  dialog.dataset.veil = "";
  dialog.addEventListener("cancel", stay);
  dialog.addEventListener("close", reopen);
  if (!dialog.open) dialog.showModal();
}

export function lift(dialog) {
  delete dialog.dataset.veil;
  dialog.close();
  if (isVeiled()) return;
  document.title = TITLE;
  document.body.classList.remove("tb-is-veiled");
}

export function isVeiled() {
  return document.querySelector("dialog[data-veil]") !== null;
}

function stay(event) {
  event.preventDefault();
}

// A browser lets a second Escape through.
function reopen({ target }) {
  if ("veil" in target.dataset) target.showModal();
}
