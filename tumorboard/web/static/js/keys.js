// Single-letter keys: "?" lists them, "/" finds, "g" and a letter go to a place of the rail, "u" undoes.
// Off while typing and in dialogs; the box in the list switches them off in this browser, and is not there for whoever
// switched them off in their settings (WCAG 2.1.4).
const box = document.querySelector("#keys [data-keys]");
const SETTING = "single-letter-keys";

const MAY_REPEAT = "jk"; // moving goes on while the key is held; every other letter acts once

/** The letter that was pressed as a shortcut, in lower case; undefined when the key means something else. */
export function shortcut(event) {
  const plain = event.key?.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  const typing = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const off = !box?.checked && !"?/".includes(event.key);
  if (!plain || typing || off || event.defaultPrevented || document.querySelector("dialog[open]")) return undefined;
  const letter = event.key.toLowerCase();
  return event.repeat && !MAY_REPEAT.includes(letter) ? undefined : letter;
}

/** Presses the first button or link in sight, within `part`, whose aria-keyshortcuts names the letter. */
export function press(part, letter) {
  const shown = [...part.querySelectorAll("[aria-keyshortcuts]")].filter((button) => button.checkVisibility());
  const button = shown.find((one) => one.getAttribute("aria-keyshortcuts").toLowerCase().split(" ").includes(letter));
  button?.click();
  return Boolean(button);
}

function go(letter) {
  const places = [...document.querySelectorAll(".tb-nav a")];
  places.find((place) => place.textContent.trim().toLowerCase().startsWith(letter))?.click();
}

/** Into the field in the rail; on a phone, whose bar has none, to the page of its own. */
function find() {
  const field = document.getElementById("find");
  if (field?.checkVisibility()) field.focus();
  else document.querySelector(".tb-find")?.click();
}

let going = false;
document.addEventListener("keydown", (event) => {
  const letter = shortcut(event);
  if (!letter) return;
  if (going) {
    going = false;
    event.preventDefault(); // the letter names a place now; it must not also act on a row
    return go(letter);
  }
  going = letter === "g";
  if (letter === "/") {
    event.preventDefault(); // or the field would begin with it
    find();
  }
  if (letter === "?") document.getElementById("keys")?.showModal();
  const toast = document.querySelector("[data-toast]");
  if (letter === "u" && toast) press(toast, letter);
});

if (box) {
  box.checked = localStorage.getItem(SETTING) !== "off";
  box.addEventListener("change", () => localStorage.setItem(SETTING, box.checked ? "on" : "off"));
}
