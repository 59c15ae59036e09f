// A draft saves itself: form[data-autosave=<url>] is posted 0.7 s after the last key, at most every 2 s.
// What is not saved yet stays in this page (never in the browser's storage) and leaving warns.
// Answers: 200 {saved: "Draft saved 10:41:07 EST", revision: 4, url: "/cases/…", progress: what to show in #progress};
// 401 signed out, 400 a token of a session that has ended; other 4xx {problem: "a sentence"}, not tried again before the
// next key; anything else is tried again. Before the form itself is sent it is saved, so that a session that has ended
// or a network that is away is met here, where nothing is lost.
import { say } from "./say.js";

const QUIET = 700; // milliseconds
const APART = 2000;
const AGAIN = 5000;
const SENT_ANYWAY = [200, 409, 422]; // saved, or refused with a sentence that the page after the form repeats
const NOT_SAVED = "Not saved. It stays in this tab; we try again.";

class Autosave {
  constructor(form) {
    this.form = form;
    this.unsaved = false;
    this.sending = null; // the promise of the save under way
    this.begun = 0;
    this.leaving = ""; // "saving" before the form is sent, then "sent"
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("pageshow", () => { this.leaving = ""; });
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
    this.status = 0;
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
      });
      this.status = answer.status;
      if (answer.ok) return this.saved(await answer.json());
      if ([400, 401].includes(answer.status)) return this.signedOut();
      if (answer.status < 500) return this.notSaved((await answer.json()).problem);
    } catch {
      // The network, or an answer that is not ours: as good as no answer.
    }
    return this.notSaved(NOT_SAVED, AGAIN);
  }

  saved({ saved, revision, url, progress }) {
    this.form.elements.revision.value = revision;
    document.getElementById("progress").innerHTML = progress; // drawn and escaped by the server
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

  async submitted(event) {
    if (this.leaving === "sent") return;
    event.preventDefault();
    if (this.leaving) return;
    this.leaving = "saving";
    await this.sending; // two saves at once would cross their revisions
    this.save();
    await this.sending;
    this.leaving = SENT_ANYWAY.includes(this.status) ? "sent" : "";
    if (!this.leaving) return;
    clearTimeout(this.timer);
    this.unsaved = false;
    this.form.requestSubmit(event.submitter);
  }

  // Signed in again elsewhere: any page behind the sign-in brings the new session's token.
  async goOn() {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    const token = page.querySelector("meta[name=csrf-token]")?.content;
    document.querySelector("[data-still-out]").hidden = Boolean(token);
    if (!token) return;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
    document.getElementById("signed-out").close();
    this.save();
  }
}

const form = document.querySelector("form[data-autosave]");
if (form) new Autosave(form);
