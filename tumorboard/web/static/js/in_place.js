// A link with data-in-place leads to a page with a form of its own. With scripts that form opens in the link's section of
// this page, in place of what stands there; [data-discard] in it brings that back. A slip is looked at on the form's own page.
import { warnBeforeLeaving } from "./leaving.js";
import { say } from "./say.js";

async function formAt(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok && !answer.redirected ? page.querySelector("form[data-leave]") : null;
}

/** Whether all that a label or a sentence points at in the form is the only one of its name on this page. */
function fits(form) {
  for (const hidden of form.querySelectorAll("input[type=hidden][id]")) hidden.removeAttribute("id");
  return [...form.querySelectorAll("[id]")].every((element) => !document.getElementById(element.id));
}

function open(link, form) {
  const section = link.closest("section");
  const shown = [...section.children].slice(1).filter((part) => !part.hidden);
  for (const part of [...shown, link]) part.hidden = true;
  form.classList.add("tb-in-place");
  form.setAttribute("aria-labelledby", section.getAttribute("aria-labelledby"));
  form.querySelector("[data-discard]").addEventListener("click", (event) => {
    event.preventDefault();
    form.remove();
    for (const part of [...shown, link]) part.hidden = false;
    link.focus();
  });
  section.append(form);
  warnBeforeLeaving(form);
  form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  say("It can be changed here");
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-in-place]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const form = await formAt(link.href).catch(() => null);
  if (form && fits(form)) open(link, document.importNode(form, true));
  else location.assign(link.href);
});
