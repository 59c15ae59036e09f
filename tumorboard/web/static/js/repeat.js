// Rows of a repeated group are added from its template, removed and put back. Each keeps its number, which WTForms' FieldList
// reads in order (imaging-0-value, imaging-52817-value); a new one gets a number that no other page gives one at the same time.
import { say } from "./say.js";

const removed = new Map(); // group -> the row that was removed last and the one it stood before
const NUMBERED = ["id", "name", "for", "aria-describedby", "value"];

function numberOf(row, name) {
  return BigInt(row.querySelector("[data-repeat-remove]").value.slice(name.length + 1)); // of a saved row its id
}

function give(row, name, number) {
  for (const element of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
    for (const attribute of NUMBERED) {
      const typed = attribute === "value" && !element.matches("[data-repeat-remove]");
      const text = element.getAttribute(attribute);
      if (text && !typed) element.setAttribute(attribute, text.replaceAll(`${name}-0`, `${name}-${number}`));
    }
  }
}

function changed(group, words) {
  say(words);
  group.dispatchEvent(new Event("input", { bubbles: true })); // the draft has changed
}

function add(group) {
  const name = group.dataset.repeat;
  const rows = group.querySelector("[data-repeat-rows]");
  const last = [...rows.children].map((row) => numberOf(row, name)).reduce((one, other) => (one > other ? one : other), 0n);
  rows.append(group.querySelector("template").content.cloneNode(true));
  give(rows.lastElementChild, name, last + 1000n + BigInt(Math.floor(Math.random() * 1e6)));
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
