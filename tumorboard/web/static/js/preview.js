// A form[data-preview] leads to a page that says who hears of an act and asks to confirm it. With scripts that question
// comes as a dialog over this page; whatever else is answered, a slip above all, is looked at as the page that it is.
async function confirmation(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok && !answer.redirected ? page.querySelector("[data-confirmation]") : null;
}

function ask(section) {
  const dialog = document.createElement("dialog");
  dialog.className = "tb-dialog";
  dialog.setAttribute("aria-labelledby", section.getAttribute("aria-labelledby"));
  dialog.append(...document.importNode(section, true).childNodes);
  const keep = dialog.querySelector("[data-keep]");
  const close = document.createElement("button");
  close.type = "button";
  close.className = keep.className;
  close.dataset.close = "";
  close.append(...keep.childNodes);
  keep.replaceWith(close);
  dialog.addEventListener("close", () => dialog.remove());
  document.querySelector("main").append(dialog);
  dialog.showModal();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-preview]")) return;
  event.preventDefault();
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const section = await confirmation(address).catch(() => null);
  if (section) ask(section);
  else location.assign(address);
});
