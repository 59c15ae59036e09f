// A form with [data-passkey] asks the browser for a passkey before it is sent: data-passkey=make or sign, data-challenge
// where the question comes from. The answer goes with the form.
const FAILED = "No passkey was used. Try again, or take another way.";
const NONE_HERE = "This browser has no passkeys. Take another way.";

async function passkey(form) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json" };
  const question = await fetch(form.dataset.challenge, { method: "POST", headers });
  const options = await question.json();
  if (form.dataset.passkey === "make") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

async function ask(form, answer, button) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.textContent = "";
  try {
    answer.value = JSON.stringify(await passkey(form));
    form.requestSubmit(button);
  } catch {
    problem.textContent = window.PublicKeyCredential ? FAILED : NONE_HERE;
  }
}

document.addEventListener("submit", (event) => {
  const answer = event.target.querySelector("[data-passkey-answer]");
  if (!answer || answer.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(event.target, answer, event.submitter);
}, { capture: true });
