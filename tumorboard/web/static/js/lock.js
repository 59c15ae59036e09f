// A page that is left alone covers itself, in every tab, and the service shows nothing more either, until its person's
// password or passkey: what was typed stays below. Whoever else comes gets a fresh page.
import { hearTabs, me, renewForms, session, tellTabs } from "./session.js";
import { isVeiled, lift, veil } from "./veil.js";

const dialog = document.getElementById("locked");
const idle = Number(dialog?.dataset.locked) * 1000;
const USES = ["pointerdown", "pointermove", "keydown", "scroll", "input"];
const LOOK = 5000; // milliseconds
const CONTACT = 60000; // at most so often the service hears that somebody is here
let used = Date.now();
let contact = Date.now();
let told = 0;
let inContact = () => {};
const afterwards = [];

/** `act` runs now and then while somebody is here. */
export function whileInUse(act) {
  inContact = act;
}

/** Covers the page; `goOn` runs when it is open again. */
export function cover(goOn) {
  if (goOn) afterwards.push(goOn);
  if (dialog.open) return;
  tell("");
  veil(dialog, "Locked");
  session().then(({ passkeys }) => { dialog.querySelector("[data-passkey]").hidden = !passkeys; }, () => {});
}

function uncover() {
  if (!dialog.open) return;
  lift(dialog);
  used = contact = Date.now();
  for (const goOn of afterwards.splice(0)) goOn();
}

async function lock() {
  if (isVeiled()) return;
  const token = document.querySelector("meta[name=csrf-token]").content;
  await fetch(dialog.dataset.lock, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {});
  cover();
  tellTabs("locked");
}

function tell(words) {
  dialog.querySelector("[data-hindrance]").textContent = words;
  dialog.querySelector("[data-signed-out]").hidden = !words.startsWith("You were signed out");
}

async function unlock(form) {
  try {
    const now = await session();
    if (now.stage === "none") return tell("You were signed out. Sign in in another tab, then unlock this one.");
    if (now.person !== me) return tell(`${now.name} has signed in here since. Nothing of this page is shown to them.`);
    renewForms(now.token);
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const { problem } = await answer.json();
    if (!answer.ok) return tell(problem);
    uncover();
    tellTabs("unlocked");
  } catch {
    tell("The service did not answer. Try again.");
  } finally {
    for (const box of form.querySelectorAll("[type=password], [data-passkey-answer]")) box.value = "";
  }
}

function use() {
  used = Date.now();
  if (dialog.open || used - told < LOOK) return;
  told = used;
  tellTabs("used");
}

function look() {
  const now = Date.now();
  if (now - used >= idle) return lock();
  if (isVeiled() || used <= contact || now - contact < CONTACT) return;
  contact = now;
  inContact();
}

if (dialog) {
  for (const name of USES) addEventListener(name, use, { capture: true, passive: true });
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
  hearTabs("used", () => { used = Date.now(); });
  hearTabs("locked", () => cover());
  hearTabs("unlocked", uncover);
  dialog.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-unlock], [data-passkey]")) return;
    event.preventDefault();
    unlock(event.target);
  });
}
