// A text goes to the clipboard and the button says so for a moment.
import { say } from "./say.js";

const MOMENT = 3000; // milliseconds

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.textContent;
  if (words === "Copied") return;
  button.textContent = "Copied";
  say("Copied");
  setTimeout(() => { button.textContent = words; }, MOMENT);
});
