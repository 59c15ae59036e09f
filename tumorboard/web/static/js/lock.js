// A page that is left alone covers itself, in every tab, and the service shows nothing more either, until its person's
// password or passkey: what was typed stays below. Whoever else comes gets a fresh page.
import { hearTabs, me, renewForms, session, tellTabs } from "./session.js";

const dialog = document.getElementById("locked");
const idle = Number(dialog?.dataset.locked) * 1000;
const USES = ["pointerdown", "pointermove", "keydown", "scroll", "input"];
const LOOK = 5000; // milliseconds
const CONTACT = 60000; // at most so often the service hears that somebody is here
let used = Date.now();
let contact = Date.now();
let told = 0;
let afterwards = [];
let title = "";

/** Covers the page; `goOn` runs when it is open again. */
export function cover(goOn) {
  if (goOn) afterwards.push(goOn);
  if (dialog.open) return;
  title = document.title;
  document.title = "Locked · Tumorboard"; // a title may name a patient
  document.body.classList.add("tb-is-locked");
  tell("");
  dialog.showModal();
  session().then(({ passkeys }) => { dialog.querySelector("[data-passkey]").hidden = !passkeys; }, () => {});
}

function uncover() {
  if (!dialog.open) return;
  document.title = title;
  document.body.classList.remove("tb-is-locked");
  dialog.close();
  used = contact = Date.now();
  for (const goOn of afterwards) goOn();
  afterwards = [];
}

async function lock() {
  if (dialog.open) return;
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
  if (dialog.open || used <= contact || now - contact < CONTACT) return;
  contact = now;
  session().then(({ stage, person }) => { if (stage === "locked" && person === me) cover(); }, () => {});
}

if (dialog) {
  for (const name of USES) addEventListener(name, use, { capture: true, passive: true });
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
  hearTabs("used", () => { used = Date.now(); });
  hearTabs("locked", () => cover());
  hearTabs("unlocked", uncover);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => { if (document.body.matches(".tb-is-locked")) dialog.showModal(); });
  dialog.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-unlock], [data-passkey]")) return;
    event.preventDefault();
    unlock(event.target);
  });
}
