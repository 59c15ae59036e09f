// The agenda's order and minutes: by drag, by Alt and the arrows on a grip, by the buttons. Every start time and the
// capacity bar follow at once and are spoken; the whole agenda is posted, and the page's form is the fallback.
import { say } from "./say.js";
import { askToSignIn } from "./signed_out.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 400; // milliseconds after the last step

function clock(minutes) {
  return [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

function minutesOf(slot) {
  return slot.querySelector("input[name^=minutes-]");
}

class Agenda {
  constructor(form) {
    this.form = form;
    this.list = form.querySelector(".tb-slots");
    this.total = Number(form.dataset.total);
    for (const grip of form.querySelectorAll(".tb-grip")) grip.hidden = false;
    for (const slot of this.list.children) slot.draggable = true;
    form.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("keydown", (event) => this.pressed(event));
    this.listenToDrag();
    this.saveBeforeLeaving();
  }

  get slots() {
    return [...this.list.children];
  }

  clicked(event) {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    event.preventDefault();
    const slot = button.closest(".tb-slot");
    this.step(slot, button.dataset.step);
    const gone = !button.checkVisibility({ visibilityProperty: true }); // the first slot cannot go up
    (gone ? slot.querySelector(".tb-grip") : button).focus();
  }

  pressed(event) {
    const slot = event.target.closest(".tb-slot");
    const byArrow = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const byMinute = event.target.matches(".tb-grip") && { "+": "longer", "-": "shorter" }[event.key];
    if (!slot || !(byArrow || byMinute)) return;
    event.preventDefault();
    this.step(slot, byArrow || byMinute);
    if (byArrow) slot.querySelector(".tb-grip").focus();
  }

  step(slot, step) {
    if (step === "up") slot.previousElementSibling?.before(slot);
    if (step === "down") slot.nextElementSibling?.after(slot);
    const minutes = minutesOf(slot);
    if (step === "longer") minutes.value = Number(minutes.value) + 1;
    if (step === "shorter") minutes.value = Math.max(1, Number(minutes.value) - 1);
    this.changed(slot);
  }

  listenToDrag() {
    let held = null;
    this.list.addEventListener("dragstart", (event) => {
      held = event.target.closest(".tb-slot");
      held.classList.add("is-dragging");
    });
    this.list.addEventListener("dragover", (event) => {
      event.preventDefault();
      const over = event.target.closest(".tb-slot");
      if (!held || !over || over === held) return;
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(held);
      else over.after(held);
    });
    this.list.addEventListener("dragend", () => {
      held?.classList.remove("is-dragging");
      if (held) this.changed(held);
      held = null;
    });
  }

  changed(slot) {
    this.form.elements.order.value = this.slots.map((slot) => slot.dataset.id).join(",");
    this.draw();
    const { label } = slot.dataset;
    say(`${label} starts ${slot.querySelector(".tb-slot-time").textContent} ${this.form.dataset.zone}, ${minutesOf(slot).value} min`);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.post(), QUIET);
  }

  draw() {
    let at = Number(this.form.dataset.startsAt);
    for (const slot of this.slots) {
      const minutes = Number(minutesOf(slot).value);
      slot.querySelector(".tb-slot-time").textContent = clock(at);
      slot.querySelector("output").textContent = `${minutes} min`;
      at += minutes;
    }
    this.drawCapacity(at);
  }

  drawCapacity(end) {
    const bar = document.getElementById("capacity");
    if (!bar) return;
    let used = 0;
    const parts = this.slots.map((slot) => {
      const minutes = Number(minutesOf(slot).value);
      const part = document.createElementNS(SVG, "rect");
      part.setAttribute("class", used + minutes > this.total ? "tb-cap-over" : "tb-cap-case");
      part.setAttribute("x", used + 0.2);
      part.setAttribute("width", minutes - 0.4);
      part.setAttribute("height", 10);
      used += minutes;
      return part;
    });
    bar.setAttribute("viewBox", `0 0 ${Math.max(used, this.total) * 1.06} 10`);
    bar.replaceChildren(...parts, bar.querySelector("path"));
    const over = used > this.total ? `, ${used - this.total} minutes over` : "";
    const strong = document.createElement("strong");
    strong.textContent = `${used} of ${this.total} minutes.`;
    document.getElementById("capacity-words").replaceChildren(strong, ` Ends ${clock(end)} ${this.form.dataset.zone}${over}.`);
  }

  // Since the last version; before the first there is nothing to compare with.
  drawChanges(changes) {
    const list = document.querySelector("[data-agenda-changes]");
    if (!list) return;
    const items = changes.map((words) => {
      const item = document.createElement("li");
      item.textContent = words;
      return item;
    });
    list.replaceChildren(...items);
    for (const part of document.querySelectorAll("[data-when-changed]")) part.hidden = !changes.length;
    for (const part of document.querySelectorAll("[data-when-same]")) part.hidden = changes.length > 0;
  }

  // One post at a time: a step taken meanwhile is sent when the answer has brought the new revision. True when all is saved.
  async post() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.sending) {
      this.more = true;
      return this.sending;
    }
    this.sending = this.sendAll();
    const saved = await this.sending;
    this.sending = undefined;
    return saved;
  }

  async sendAll() {
    let saved;
    do {
      this.more = false;
      saved = await this.send();
    } while (this.more);
    return saved;
  }

  // Whoever presses a link or a button right after a step gets there when the step is saved, and stays when it is not.
  saveBeforeLeaving() {
    const unsaved = () => this.timer || this.sending;
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || "reload" in link.dataset || !unsaved() || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.post().then((saved) => saved && location.assign(link.href));
    });
    document.addEventListener("submit", (event) => {
      if (!unsaved()) return;
      event.preventDefault();
      this.post().then((saved) => saved && event.target.requestSubmit(event.submitter));
    });
    addEventListener("pagehide", () => this.timer && this.post());
  }

  async send() {
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" }, keepalive: true });
      const { saved, revision, changes, problem } = await answer.json();
      if ([400, 401].includes(answer.status)) askToSignIn(() => this.post());
      if (answer.ok) {
        this.form.elements.revision.value = revision;
        this.drawChanges(changes);
      }
      this.show(answer.ok ? saved : problem, answer.ok);
      return answer.ok;
    } catch {
      this.show("Not saved: the service did not answer.", false);
      return false;
    }
  }

  show(words, well) {
    const status = this.form.querySelector("[data-agenda-saved]");
    status.querySelector("[data-saved-words]").textContent = words;
    status.querySelector("[data-reload]").hidden = well;
    status.classList.toggle("tb-saved-no", !well);
    if (!well) say(words);
  }
}

const form = document.querySelector("form[data-agenda]");
if (form) new Agenda(form);
