// A box for a code, input[data-codes="icd10"], searches while one types: the arrows move in the list below it, Enter takes,
// Escape closes. Only what is taken changes the box, so that typing is never lost. The listeners are the document's, so
// that a box that is swapped into the page later works alike. In the same [data-code], [data-code-words] says what the
// code means.
import { say } from "./say.js";

const QUIET = 120; // milliseconds after the last key
const LEAST = 2; // characters; one alone finds everything
const NO_ANSWER = "The search does not answer. Type the code itself.";

const list = document.createElement("ul"); // one for the page: it stands below the box that has the focus
list.id = "codes-found";
list.className = "tb-coded-list";
list.role = "listbox";

let asking; // the search under way, ended when another begins
let timer;
let takes = false; // the box changes because a code was taken

function boxOf(target) {
  return target.closest?.("input[data-codes]");
}

function dress(box) {
  box.role = "combobox";
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
}

function tell(box, words) {
  box.closest("[data-code]").querySelector("[data-code-words]").textContent = words;
}

function isOpenAt(box) {
  return list.parentElement === box.closest("[data-code]");
}

function close() {
  clearTimeout(timer);
  asking?.abort();
  const box = list.parentElement?.querySelector("input[data-codes]");
  list.remove();
  box?.setAttribute("aria-expanded", "false");
  box?.removeAttribute("aria-controls");
  box?.removeAttribute("aria-activedescendant");
}

function option({ code, words }, index) {
  const item = document.createElement("li");
  item.id = `codes-found-${index}`;
  item.role = "option";
  item.ariaSelected = "false";
  item.dataset.found = code;
  item.append(Object.assign(document.createElement("strong"), { textContent: code }));
  item.append(Object.assign(document.createElement("span"), { textContent: words }));
  return item;
}

function show(box, found) {
  close();
  const typed = plain(box.value);
  tell(box, found.find(({ code }) => plain(code) === typed)?.words ?? (found.length ? "" : "Nothing found."));
  say(found.length === 1 ? "1 code found" : `${found.length || "No"} codes found`);
  if (!found.length) return;
  list.replaceChildren(...found.map(option));
  list.ariaLabel = `Codes for ${box.labels[0].textContent.trim()}`;
  box.closest("[data-code]").append(list);
  list.scrollTop = 0;
  box.setAttribute("aria-expanded", "true");
  box.setAttribute("aria-controls", list.id);
}

function plain(code) {
  return code.trim().replace(/[./]/g, "").toLowerCase();
}

async function search(box) {
  const text = box.value.trim();
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await fetch("/codes/search", {
      method: "POST",
      body: new URLSearchParams({ system: box.dataset.codes, text }),
      headers: { Accept: "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content },
      signal,
    });
    if (!answer.ok) throw new Error(answer.statusText);
    const found = await answer.json();
    if (document.activeElement === box && !signal.aborted) show(box, found);
  } catch {
    if (signal.aborted) return;
    close();
    tell(box, NO_ANSWER);
    say(NO_ANSWER);
  }
}

function changed(box) {
  close();
  tell(box, "");
  if (box.value.trim().length >= LEAST) timer = setTimeout(() => search(box), QUIET);
}

function selected() {
  return list.querySelector("[aria-selected=true]");
}

function select(box, item) {
  const before = selected();
  if (before) before.ariaSelected = "false";
  item.ariaSelected = "true";
  box.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function take(box, item) {
  const [code, words] = [...item.children].map((part) => part.textContent);
  close();
  takes = true;
  box.value = code;
  box.dispatchEvent(new Event("input", { bubbles: true })); // the draft has changed
  takes = false;
  tell(box, words);
  say(`${code} ${words}`);
}

function pressed(event, box) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && !isOpenAt(box)) search(box);
  else if (step) select(box, list.children[nextIndex(step)]);
  else if (event.key === "Enter" && isOpenAt(box) && selected()) take(box, selected());
  else if (event.key === "Escape" && isOpenAt(box)) close();
  else return;
  event.preventDefault();
  event.stopPropagation(); // Escape closes the list and not a dialog around it
}

function nextIndex(step) {
  const items = [...list.children];
  const from = selected() ? items.indexOf(selected()) : step < 0 ? 0 : -1;
  return (from + step + items.length) % items.length;
}

for (const box of document.querySelectorAll("input[data-codes]")) dress(box);

document.addEventListener("focusin", (event) => {
  const box = boxOf(event.target);
  if (box && box.role !== "combobox") dress(box);
});
document.addEventListener("input", (event) => {
  const box = boxOf(event.target);
  if (box && !takes) changed(box);
});
document.addEventListener("keydown", (event) => {
  const box = boxOf(event.target);
  if (box && !event.isComposing) pressed(event, box);
}, { capture: true });
document.addEventListener("focusout", (event) => { if (boxOf(event.target)) close(); });
list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
list.addEventListener("click", (event) => {
  const item = event.target.closest("[role=option]");
  if (item) take(list.parentElement.querySelector("input[data-codes]"), item);
});
