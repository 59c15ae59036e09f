// A draft saves itself: form[data-autosave=<url>] is posted 0.7 s after the last key, at most every 2 s.
// What is not saved yet stays in this page (never in the browser's storage) and leaving warns.
// Answers: 200 {saved: "Draft saved 10:41:07 EST", revision: 4, url: "/cases/…"}; 401 signed out; 4xx {problem: "a
// sentence"}, not tried again before the next key; anything else is tried again.
import { say } from "./say.js";

const QUIET = 700; // milliseconds
const APART = 2000;
const AGAIN = 5000;
const NOT_SAVED = "Not saved. It stays in this tab; we try again.";

class Autosave {
  constructor(form) {
    this.form = form;
    this.unsaved = false;
    this.sending = null; // the promise of the save under way
    this.begun = 0;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("beforeunload", (event) => { if (this.unsaved || this.sending) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.unsaved) this.save(); });
    document.querySelector("[data-go-on]")?.addEventListener("click", () => this.goOn());
  }

  changed() {
    this.unsaved = true;
    this.wait(Math.max(QUIET, this.begun + APART - Date.now()));
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  save() {
    clearTimeout(this.timer);
    if (this.sending) return; // its end looks whether more was typed
    this.unsaved = false;
    this.begun = Date.now();
    this.sending = this.post().then((pause) => {
      this.sending = null;
      if (this.unsaved && pause) this.wait(pause);
    });
  }

  // How long to wait before the next save, if there is more to save; undefined: until the next key.
  async post() {
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
      });
      if (answer.ok) return this.saved(await answer.json());
      if (answer.status === 401) return this.signedOut();
      if (answer.status < 500) return this.notSaved((await answer.json()).problem);
    } catch {
      // The network, or an answer that is not ours: as good as no answer.
    }
    return this.notSaved(NOT_SAVED, AGAIN);
  }

  saved({ saved, revision, url }) {
    this.form.elements.revision.value = revision;
    if (url) history.replaceState(null, "", url);
    this.show(saved, true);
    return APART;
  }

  signedOut() {
    document.getElementById("signed-out").showModal();
    return this.notSaved("Not saved: you were signed out.");
  }

  notSaved(words, pause) {
    this.unsaved = true;
    this.show(words, false);
    say(words);
    return pause;
  }

  show(words, well) {
    const status = document.getElementById("saved");
    status.classList.toggle("tb-saved-no", !well);
    status.querySelector("[data-saved-yes]").hidden = !well;
    status.querySelector("[data-saved-no]").hidden = well;
    status.querySelector("[data-saved-words]").textContent = words;
  }

  // The form itself carries everything; a save under way must end first, or the revisions would cross.
  submitted(event) {
    clearTimeout(this.timer);
    if (this.sending) {
      event.preventDefault();
      this.sending.then(() => this.form.requestSubmit(event.submitter));
    }
    this.unsaved = false;
  }

  // Signed in again elsewhere: this page, asked for once more, brings the new session's token.
  async goOn() {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const signedIn = Boolean(page.querySelector("form[data-autosave]"));
    document.querySelector("[data-still-out]").hidden = signedIn;
    if (!signedIn) return;
    const token = page.querySelector("input[name=csrf_token]").value;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
    document.getElementById("signed-out").close();
    this.save();
  }
}

const form = document.querySelector("form[data-autosave]");
if (form) new Autosave(form);
