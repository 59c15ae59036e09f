// Rows of a repeated group are added from its template, removed and put back, and numbered from 0 without a gap, as
// WTForms' FieldList reads them: imaging-0-kind, imaging-1-kind.
import { say } from "./say.js";

const removed = new Map(); // group -> the row that was removed last and the one it stood before
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
  removed.set(group, { row, next: row.nextElementSibling });
  row.remove();
  changed(group, "Removed. It can be put back");
  const back = group.querySelector("[data-repeat-back]");
  back.hidden = false;
  back.focus();
}

function putBack(group) {
  const { row, next } = removed.get(group);
  group.querySelector("[data-repeat-rows]").insertBefore(row, next?.isConnected ? next : null);
  group.querySelector("[data-repeat-back]").hidden = true;
  changed(group, "Put back");
  row.querySelector("input, select, textarea").focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-repeat-add], [data-repeat-remove], [data-repeat-back]");
  const group = button?.closest("[data-repeat]");
  if (!group) return;
  event.preventDefault();
  if (button.matches("[data-repeat-add]")) add(group);
  else if (button.matches("[data-repeat-back]")) putBack(group);
  else remove(group, button.closest("[data-repeat-row]"));
});
