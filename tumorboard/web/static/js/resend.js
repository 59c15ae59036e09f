// A form is sent into a session that is open, and the same person's. Where it has ended or is locked, the dialog comes
// first, and then the same form goes with the new session's token: nothing that was typed is lost on the way. Without a
// connection it is not sent: the browser's own page would stand in its place, and no way back has what was typed. A form
// that saves itself meets this in js/autosave.js.
import { cover } from "./lock.js";
import { me, renewForms, session } from "./session.js";
import { askToSignIn } from "./signed_out.js";

const NO_CONNECTION = "No connection: not sent. Keep this page open and try again.";

let sure = null; // the form that goes now

function isOurs(form) {
  return form.method === "post" && !("autosave" in form.dataset) && !form.closest("#locked");
}

async function send(form, button) {
  const now = await session().catch((error) => error);
  const again = () => go(form, button);
  if (now instanceof TypeError) return notSent(button ?? form.querySelector("[type=submit]")); // what fetch throws then
  if (now instanceof Error) return again();
  if (now.stage === "open" && now.person === me) {
    renewForms(now.token);
    return again();
  }
  if (!document.getElementById("signed-out")) return again(); // the page after a form that came too late: once more
  if (now.stage === "locked" && now.person === me) return cover(again);
  return askToSignIn(again);
}

function notSent(button) {
  button.setCustomValidity(NO_CONNECTION);
  button.reportValidity();
  button.addEventListener("click", () => button.setCustomValidity(""), { once: true });
}

function go(form, button) {
  sure = form;
  form.requestSubmit(button);
  sure = null;
}

if (me) {
  document.addEventListener("submit", (event) => {
    if (!isOurs(event.target) || sure === event.target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send(event.target, event.submitter);
  }, { capture: true });
}
