// A choice that may be left open, input[type=radio][data-unset], is taken back by pressing it again.
let pressed = null; // the choice that was made already when the pointer or key went down

const choiceAt = (target) => (target.closest?.(".tb-choice") ?? target).querySelector?.("[data-unset]") ?? (target.matches?.("[data-unset]") ? target : null);

function press(event) {
  const choice = choiceAt(event.target);
  pressed = choice?.checked ? choice : null;
}

document.addEventListener("pointerdown", press);
document.addEventListener("keydown", (event) => { if (event.key === " ") press(event); });
document.addEventListener("click", (event) => {
  if (!pressed || event.target !== pressed) return;
  pressed.checked = false;
  pressed.dispatchEvent(new Event("input", { bubbles: true }));
  pressed = null;
});
