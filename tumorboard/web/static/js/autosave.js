// A draft saves itself: form[data-autosave=<url>] is posted 0.7 s after the last key, at most every 2 s.
// What is not saved yet stays in this page (never in the browser's storage) and leaving warns.
// Answers: 200 {saved: "Draft saved 10:41:07 EST", revision: 4, base: what it says, url: "/cases/…", progress: what to show in
// #progress, asked: what is asked in sight, questions: what to show in #asked when that has changed, else null, boxes: what to
// show in #typed, when something was filled in, or that was saved elsewhere was taken in, and taken_in: a sentence on the latter,
// known: what to show in #known-already, report: what the pasted report offers, patient: what to show in #patient after a search, else null};
// 409 {problem, versions: what to show in #versions, where both changed the same since}; its button data-take saves what was
// chosen there. 401 signed out, 400 a token of a session that has ended; other 4xx {problem: "a sentence"}, not tried again
// before the next key; anything else is tried again. Before the form itself is sent it is saved, so that a session that has
// ended, another tab's newer text or a network that is away is met here, where nothing is lost. data-unsaved: what came
// with the page is not saved either.
import { warnWhile } from "./leaving.js";
import { say } from "./say.js";
import { askToSignIn } from "./signed_out.js";
import { lookForTooLong } from "./too_long.js";

const QUIET = 700; // milliseconds
const APART = 2000;
const AGAIN = 5000;
const PATIENCE = 20000; // without an answer this long, the status must not go on saying "saved"
const MOMENT = 10000;
const BRIEF = 15000; // characters; browsers let a page that goes away finish sending 64 kB
const OVERTAKEN = 409; // another tab has saved or submitted since
const SENT_ANYWAY = [200, 422]; // saved, or refused with a sentence that the page after the form repeats
const SLOW_DOWN = 429;
const NOT_SAVED = "Not saved. It stays in this tab; we try again.";
const OFFLINE = "No connection: not saved. Keep this tab open; it saves itself once you are back.";

// What finds the stop of somebody who goes by keys again, in a part of the form that is drawn anew.
function stopOf({ id, name, value, tagName, parentElement }) {
  if (id) return `#${CSS.escape(id)}`;
  if (tagName === "SUMMARY") return `[data-more="${parentElement.dataset.more}"] > summary`;
  return name && `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`;
}

class Autosave {
  constructor(form) {
    this.form = form;
    form.autocomplete = "off"; // going back shows the draft as it is kept, not the page as it was left
    this.unsaved = "unsaved" in form.dataset;
    if (this.unsaved) this.show("Not saved.", false);
    this.sending = null; // the promise of the save under way
    this.begun = 0;
    this.leaving = ""; // "saving" before the form is sent, then "sent"
    form.addEventListener("input", (event) => { if (!event.target.closest("#versions")) this.changed(); });
    form.addEventListener("change", (event) => { if (event.target.matches("[data-asks]")) this.hurry(); });
    form.addEventListener("click", (event) => this.take(event));
    form.addEventListener("submit", (event) => this.submitted(event));
    document.querySelector("[data-saved-both]").addEventListener("click", () => this.seeBoth());
    addEventListener("pageshow", () => { this.leaving = ""; });
    warnWhile(() => this.unsaved || this.sending);
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.unsaved) this.save(); });
    addEventListener("online", () => { if (this.unsaved) this.save(); });
  }

  changed() {
    this.unsaved = true;
    this.wait(Math.max(QUIET, this.begun + APART - Date.now()));
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  // At once, or as soon as the save under way has ended: the page waits for what it asks next.
  hurry() {
    this.hurried = true;
    this.wait(0);
  }

  save() {
    clearTimeout(this.timer);
    if (this.sending) return; // its end looks whether more was typed
    this.unsaved = this.hurried = false;
    this.begun = Date.now();
    this.sending = this.post().then((pause) => {
      this.sending = null;
      if (this.unsaved && pause) this.wait(this.hurried ? 0 : pause);
    });
  }

  // A button of the pasted report, or that finds the patient, saves the form with what it takes, and the page stays.
  async take(event) {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    await this.sending;
    this.taken = button;
    this.save();
  }

  // How long to wait before the next save, if there is more to save; undefined: until the next key.
  async post() {
    this.status = 0;
    const { taken } = this;
    this.taken = null;
    const body = new FormData(this.form);
    if (taken?.name) body.set(taken.name, taken.value);
    try {
      const answer = await fetch(taken?.formAction ?? this.form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: [...body.values()].join("").length < BRIEF,
        signal: AbortSignal.timeout(PATIENCE),
      });
      this.status = answer.status;
      if (answer.ok) return this.saved(await answer.json(), body);
      if ([400, 401].includes(answer.status)) return this.signedOut();
      if (answer.status < 500) return this.refused(await answer.json(), body);
    } catch {
      // The network, or an answer that is not ours: as good as no answer.
    }
    return this.notSaved(navigator.onLine ? NOT_SAVED : OFFLINE, AGAIN);
  }

  saved({ saved, revision, base, url, progress, asked, questions, boxes, known, taken_in: takenIn, report, patient }, sent) {
    if (boxes && this.isTypedOver(boxes, sent)) return this.saveAsAnother();
    const place = this.offers.findIndex((offer) => offer.contains(document.activeElement));
    this.form.elements.revision.value = revision;
    this.form.elements.base.value = base;
    document.getElementById("progress").innerHTML = progress; // drawn and escaped by the server
    document.getElementById("short-progress").innerHTML = document.querySelector("[data-short]").innerHTML;
    const pressed = document.activeElement;
    const settled = document.getElementById("versions");
    const chose = settled.contains(document.activeElement);
    settled.innerHTML = "";
    if (boxes) this.draw("typed", boxes, sent);
    else if (questions) this.draw("asked", questions, sent);
    this.form.elements.asked.value = asked;
    if (chose) document.getElementById("typed").focus();
    else if (boxes && !pressed.isConnected && document.activeElement === document.body) this.goToKnown();
    if (!boxes && this.known !== known) document.getElementById("known-already").innerHTML = known;
    this.known = known;
    if (patient) {
      this.draw("patient", patient, sent);
      document.querySelector("#patient [aria-invalid=true], #search")?.focus();
    }
    const offers = document.getElementById("report-offers");
    if (this.offered !== report) offers.innerHTML = report;
    this.offered = report;
    if (place >= 0) this.goToOffer(place);
    if (url) history.replaceState(null, "", url);
    this.show([saved, takenIn].filter(Boolean).join(". "), true);
    this.unread = Boolean(takenIn);
    if (takenIn) this.tell(takenIn);
    return APART;
  }

  // The button that filled boxes in is gone; the keys go on from what it filled in.
  goToKnown() {
    document.getElementById("part-known")?.focus();
    say("Filled in. What is known already stands at the top.");
  }

  get offers() {
    return [...document.querySelectorAll("#report-offers li")];
  }

  // Where the keys go on once an offer is taken, and its button gone: to the next, or to the button that reads the report.
  goToOffer(place) {
    const { offers } = this;
    const open = [...offers.slice(place), ...offers.slice(0, place)].map((offer) => offer.querySelector("[data-take]"));
    (open.find(Boolean) ?? document.querySelector(".tb-report [data-take]")).focus();
  }

  // Says what else stands in the form now; in sight for a moment wherever the page is scrolled to.
  tell(takenIn) {
    const { classList } = document.getElementById("saved");
    classList.add("tb-saved-more");
    setTimeout(() => classList.remove("tb-saved-more"), MOMENT);
    say(takenIn);
  }

  // What was typed since the save was sent, by name.
  since(sent) {
    return [...new FormData(this.form)].filter(([name, text]) => sent.get(name) !== text);
  }

  // Shows what the server drew. What was typed since the save was sent is typed again, where the cursor was.
  draw(place, html, sent) {
    const since = this.since(sent);
    const shown = document.getElementById(place);
    const open = [...shown.querySelectorAll("details[open]")].map((more) => more.dataset.more);
    const stop = stopOf(document.activeElement);
    const { selectionStart, value } = document.activeElement;
    shown.innerHTML = html;
    for (const [name, text] of since) {
      const field = this.form.elements[name];
      if (field) field.value = text;
    }
    lookForTooLong(shown);
    for (const more of open) shown.querySelector(`[data-more="${more}"]`)?.setAttribute("open", "");
    const focused = stop && document.querySelector(stop);
    if (!focused || focused === document.activeElement) return;
    focused.focus();
    if (selectionStart === undefined || selectionStart === null) return;
    if (focused.value === value.trim()) focused.value = value; // the space before the next word
    focused.setSelectionRange(selectionStart, selectionStart);
  }

  // Whether somebody typed, while the save was under way, into a box that comes back with another's text.
  isTypedOver(boxes, sent) {
    const form = document.createElement("form");
    form.innerHTML = boxes;
    const drawn = new FormData(form);
    return this.since(sent).some(([name]) => drawn.has(name) && drawn.get(name).trim() !== (sent.get(name) ?? "").trim());
  }

  // The page stays as it is, as a tab that has not seen that saving: the next one asks what is meant.
  saveAsAnother() {
    this.form.elements.tab.value = crypto.randomUUID().replaceAll("-", "");
    return APART;
  }

  refused({ problem, versions = "" }, sent) {
    const chose = document.activeElement.matches("#versions button");
    this.draw("versions", versions, sent);
    const pause = this.notSaved(problem, this.status === SLOW_DOWN && AGAIN);
    if (chose && this.versions) this.seeBoth(); // something is still to be chosen
    return pause;
  }

  get versions() {
    return document.querySelector("#versions > *");
  }

  seeBoth() {
    document.getElementById("saved").classList.remove("tb-saved-no"); // it would float over what it is about
    this.versions.focus({ preventScroll: true });
    this.versions.scrollIntoView();
  }

  signedOut() {
    askToSignIn(() => this.save());
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
    status.classList.remove("tb-saved-more");
    status.querySelector("[data-saved-yes]").hidden = !well;
    status.querySelector("[data-saved-no]").hidden = well;
    status.querySelector("[data-saved-words]").textContent = words;
    status.querySelector("[data-saved-both]").hidden = well || !this.versions;
    status.querySelector("[data-dialog]").hidden = well;
  }

  async submitted(event) {
    if (this.leaving === "sent") return;
    event.preventDefault();
    if (this.leaving) return;
    if (event.submitter?.matches("[data-keep]")) return this.save();
    this.leaving = "saving";
    await this.sending; // two saves at once would cross their revisions
    const typed = this.unsaved;
    this.save();
    await this.sending;
    if (this.versions) this.seeBoth();
    const lossless = SENT_ANYWAY.includes(this.status) || (this.status === OVERTAKEN && !typed);
    this.leaving = lossless && !this.versions && !this.unread ? "sent" : "";
    if (!this.leaving) return;
    clearTimeout(this.timer);
    this.unsaved = false;
    this.form.requestSubmit(event.submitter);
  }
}

const form = document.querySelector("form[data-autosave]");
if (form) new Autosave(form);
