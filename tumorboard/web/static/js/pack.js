// While a pack is made, the page looks every second how far it is, and says so when it is done.
import { say } from "./say.js";

const shown = document.querySelector("#pack");

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const fresh = page?.querySelector("#pack");
  if (!fresh) return; // locked, signed out or cut off: the link "Look again" stays
  shown.replaceChildren(...fresh.childNodes);
  if ("watched" in fresh.dataset) return setTimeout(look, 1000);
  say(shown.querySelector("h2").textContent);
}

if (shown && "watched" in shown.dataset) setTimeout(look, 1000);
