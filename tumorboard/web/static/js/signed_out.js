// The session has ended: a dialog over the page, which nobody can read behind it, until the same person has signed in
// again in another tab. Somebody else's session never gets what was typed here, nor sees it.
import { cover, whileInUse } from "./lock.js";
import { hearOthers, me, renewForms, session } from "./session.js";
import { isVeiled, lift, veil } from "./veil.js";

const dialog = document.getElementById("signed-out");
const afterwards = [];

/** Opens the dialog; `goOn` runs when the same person is signed in again and every form has the new session's token. */
export async function askToSignIn(goOn) {
  const now = await session().catch(() => null);
  if (now?.stage === "locked" && now.person === me) return cover(goOn);
  if (goOn) afterwards.push(goOn);
  if (dialog.open) return;
  veil(dialog, "Signed out");
  tell(now && now.stage !== "none" ? hindrance(now) : "");
}

function hindrance(now) {
  if (now.stage === "none") return "Not signed in yet.";
  if (now.person === me) return "";
  return `${now.name} has signed in here since. Nothing of this page is shown to them or saved for them. Sign them out and yourself in, then go on.`;
}

function tell(words) {
  dialog.querySelector("[data-hindrance]").textContent = words;
}

async function goOn() {
  tell("");
  try {
    const now = await session();
    tell(hindrance(now));
    if (now.stage !== "open" || now.person !== me) return;
    renewForms(now.token);
    lift(dialog);
    for (const act of afterwards.splice(0)) act();
  } catch {
    tell("The service did not answer. Try again.");
  }
}

// Covers the page unless its session is open and its own.
async function look() {
  if (isVeiled()) return;
  const now = await session().catch(() => null); // away for a moment: the next look tells
  if (now && (now.stage !== "open" || now.person !== me)) askToSignIn();
}

if (dialog) {
  dialog.querySelector("[data-go-on]").addEventListener("click", goOn);
  hearOthers(look);
  whileInUse(look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
}
