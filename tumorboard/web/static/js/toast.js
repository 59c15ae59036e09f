// A toast that came with the page is spoken once, after the page has been announced; one that is an alert speaks itself.
import { say } from "./say.js";

const toast = document.querySelector("[data-toast]:not([role=alert])");
if (toast) {
  const undo = toast.querySelector("form") ? ". Press U to undo" : "";
  setTimeout(() => say(toast.querySelector("span").textContent.trim() + undo), 500);
}
