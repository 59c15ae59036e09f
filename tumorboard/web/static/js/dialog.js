// A link with data-dialog opens the dialog of that id in place of the page it leads to; data-close closes it. A box with
// data-needed="a sentence" that is left empty keeps the dialog open and says it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
  }
  event.target.closest("[data-close]")?.closest("dialog").close();
});

function demand(box) {
  box.setCustomValidity(box.value.trim() ? "" : box.dataset.needed);
}

for (const box of document.querySelectorAll("dialog [data-needed]")) {
  demand(box);
  box.addEventListener("input", () => demand(box));
}
