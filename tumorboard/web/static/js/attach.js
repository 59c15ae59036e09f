// A file that is too large is told before it is sent, which takes minutes and ends in an error of the browser.
for (const box of document.querySelectorAll("input[type=file][data-largest]")) {
  const told = document.getElementById(`${box.id}-too-large`);
  const tooLarge = () => [...box.files].some((file) => file.size > Number(box.dataset.largest));
  const tell = () => {
    told.hidden = !tooLarge();
    box.setAttribute("aria-invalid", tooLarge());
  };
  box.addEventListener("change", tell);
  box.form.addEventListener("submit", (event) => {
    if (!tooLarge()) return;
    event.preventDefault();
    tell();
    box.focus();
  });
}
