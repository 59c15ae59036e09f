// The session ended while somebody worked: a dialog over the page, until the same person has signed in again in another
// tab. Somebody else's session never gets what was typed here.
import { cover } from "./lock.js";
import { me, renewForms, session } from "./session.js";

const dialog = document.getElementById("signed-out");
let afterwards;

/** Opens the dialog; `goOn` runs when the same person is signed in again and every form has the new session's token. */
export async function askToSignIn(goOn) {
  const now = await session().catch(() => null);
  if (now?.stage === "locked" && now.person === me) return cover(goOn);
  afterwards = goOn;
  if (dialog.open) return;
  dialog.showModal();
  tell(now && now.stage !== "none" ? hindrance(now) : "");
}

function hindrance(now) {
  if (now.stage === "none") return "Not signed in yet.";
  if (now.person === me) return "";
  return `${now.name} has signed in here since. Your text was not saved for them. Copy it, or sign them out and yourself in, then go on.`;
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
    dialog.close();
    afterwards();
  } catch {
    tell("The service did not answer. Try again.");
  }
}

if (dialog) {
  dialog.querySelector("[data-go-on]").addEventListener("click", goOn);
  dialog.querySelector("[data-dialog=typed-text]").hidden = !document.getElementById("typed-text");
}
