// Rows of a repeated group are added from its template and removed, and numbered from 0 without a gap, as WTForms'
// FieldList reads them: imaging-0-kind, imaging-1-kind.
import { say } from "./say.js";

const NUMBERED = ["id", "name", "for", "aria-describedby", "value"];

function number(group) {
  const start = group.dataset.repeat;
  const old = new RegExp(`\\b${start}-\\w+?(?=-|\\b)`, "g");
  group.querySelectorAll("[data-repeat-row]").forEach((row, index) => {
    for (const element of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const attribute of NUMBERED) {
        const typed = attribute === "value" && !element.matches("[data-repeat-remove]");
        const text = element.getAttribute(attribute);
        if (text && !typed) element.setAttribute(attribute, text.replace(old, `${start}-${index}`));
      }
    }
  });
}

function changed(group, words) {
  number(group);
  say(words);
  group.dispatchEvent(new Event("input", { bubbles: true })); // the draft has changed
}

function add(group) {
  const rows = group.querySelector("[data-repeat-rows]");
  rows.append(group.querySelector("template").content.cloneNode(true));
  changed(group, "Added");
  rows.lastElementChild.querySelector("input, select, textarea")?.focus();
}

function remove(group, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  changed(group, "Removed");
  (next?.querySelector("[data-repeat-remove]") ?? group.querySelector("[data-repeat-add]")).focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-repeat-add], [data-repeat-remove]");
  const group = button?.closest("[data-repeat]");
  if (!group) return;
  event.preventDefault();
  if (button.matches("[data-repeat-add]")) add(group);
  else remove(group, button.closest("[data-repeat-row]"));
});
