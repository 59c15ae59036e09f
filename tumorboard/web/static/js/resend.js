// A form is sent into a session that is open, and the same person's. Where it has ended or is locked, the dialog comes
// first, and then the same form goes with the new session's token: nothing that was typed is lost on the way. A form
// that saves itself meets this in js/autosave.js.
import { cover } from "./lock.js";
import { me, renewForms, session } from "./session.js";
import { askToSignIn } from "./signed_out.js";

let sure = null; // the form that goes now

function isOurs(form) {
  return form.method === "post" && !("autosave" in form.dataset) && !form.closest("#locked");
}

async function send(form, button) {
  const now = await session().catch(() => null); // no answer: the browser says so better than we can
  const again = () => go(form, button);
  if (!now) return again();
  if (now.stage === "open" && now.person === me) {
    renewForms(now.token);
    return again();
  }
  if (!document.getElementById("signed-out")) return again(); // the page after a form that came too late: once more
  if (now.stage === "locked" && now.person === me) return cover(again);
  return askToSignIn(again);
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
