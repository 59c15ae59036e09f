// A list of rows by keyboard: j and k move, Enter opens (the row's link has the focus), a letter presses the button of
// the current row that shows it.
import { press, shortcut } from "./keys.js";

const list = document.querySelector(".tb-rows");
const current = () => list.querySelector(".tb-row.is-current");

function moveTo(row) {
  row?.querySelector(".tb-row-name").focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

list?.addEventListener("focusin", (event) => {
  current()?.classList.remove("is-current");
  event.target.closest(".tb-row").classList.add("is-current");
});

// An address like #row-3 goes on at that row's link, which the browser gives the focus, or at the last one when the list has
// become shorter.
if (list && location.hash.startsWith("#row-")) {
  const link = document.getElementById(location.hash.slice(1));
  moveTo(link ? link.closest(".tb-row") : list.lastElementChild);
}

if (list) {
  document.addEventListener("keydown", (event) => {
    const letter = shortcut(event);
    if (!letter) return;
    const row = current();
    if (letter === "j") moveTo(row ? row.nextElementSibling : list.firstElementChild);
    else if (letter === "k") moveTo(row?.previousElementSibling);
    else if (row && press(row, letter)) event.preventDefault();
  });
}
