// A box with data-longest keeps what is pasted into it whole; what is too much it says beside itself, in the words of the
// server (at_most in web/forms/base.py), and lets go of that sentence once the text is short enough.
import { say } from "./say.js";

const NOTHING_LOST = "nothing was cut off.";

function sentence(box) {
  const longest = Number(box.dataset.longest);
  const over = [...box.value.trim()].length - longest;
  if (over <= 0) return "";
  const count = over === 1 ? "1 character" : `${over.toLocaleString("en-US")} characters`;
  return `${count} too many. Shorten this to ${longest.toLocaleString("en-US")}; ${NOTHING_LOST}`;
}

function noteAt(box) {
  const id = `${box.id}-too-long`;
  const known = document.getElementById(id);
  if (known) return known;
  const note = document.createElement("p");
  note.id = id;
  note.className = "invalid-feedback";
  if (box.matches("textarea")) box.after(note); // where a long paste ends
  else box.before(note); // boxes in one row keep their line
  const described = box.getAttribute("aria-describedby") ?? "";
  box.setAttribute("aria-describedby", `${described} ${id}`.trim());
  return note;
}

function look(box) {
  const words = sentence(box);
  const known = document.getElementById(`${box.id}-too-long`);
  const told = document.getElementById(`${box.id}-error`);
  if (told?.textContent.includes(NOTHING_LOST)) told.remove(); // it was about the text as it was sent
  else if (!words && !known) return;
  if (words && !known?.textContent) say(words);
  noteAt(box).textContent = words;
  if (words || !told?.isConnected) box.setAttribute("aria-invalid", String(Boolean(words)));
}

/** Looks at every box in `part`, which has just been drawn. */
export function lookForTooLong(part) {
  part.querySelectorAll("[data-longest]").forEach(look);
}

lookForTooLong(document);
document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-longest]")) look(target);
});
