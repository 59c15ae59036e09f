// Saves typing in the rows of a case's form, .tb-item or [data-repeat-row], whose boxes are named …-value, …-dated_on, …-number:
// a day and an accession number in a row's words fill its boxes for them, while these are empty and the words name one alone;
// [data-same-day] fills the first day in its part into the rows there that say something without one;
// [data-fill=<id of a box>] writes its value into that box, while there is nothing or what such a button has written.
import { say } from "./say.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const IN_WORDS = /\b(\d{1,2})[-. ]([A-Z][a-z]{2})[a-z]*[-. ,]{1,2}(\d{4})\b/g;
const IN_FIGURES = /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g;
const YEAR_FIRST = /\b(\d{4})-(\d{2})-(\d{2})\b/g;
const NUMBER = /\b[A-Z]{1,4}\d{2,4}-\d{3,8}\b/g;

function written(day, month, year) {
  const date = new Date(year, month, day);
  const isReal = date.getDate() === Number(day) && date.getMonth() === month;
  return isReal && date <= new Date() ? `${String(day).padStart(2, "0")}-${MONTHS[month]}-${year}` : "";
}

function daysIn(words) {
  return [
    ...[...words.matchAll(IN_WORDS)].map(([, day, month, year]) => written(day, MONTHS.indexOf(month), year)),
    ...[...words.matchAll(IN_FIGURES)].map(([, day, month, year]) => written(day, month - 1, year)),
    ...[...words.matchAll(YEAR_FIRST)].map(([, year, month, day]) => written(day, month - 1, year)),
  ];
}

const numbersIn = (words) => [...words.matchAll(NUMBER)].map(([number]) => number);

function fill(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function fillFrom(found, box) {
  const [only, ...others] = new Set(found);
  if (!box || box.value || !only || others.length) return false;
  fill(box, only);
  return true;
}

document.addEventListener("change", ({ target }) => {
  const row = target.matches("[name$='-value']") && target.closest(".tb-item, [data-repeat-row]");
  if (!row) return;
  const day = fillFrom(daysIn(target.value), row.querySelector("[name$='-dated_on']"));
  const number = fillFrom(numbersIn(target.value), row.querySelector("[name$='-number']"));
  const filled = [day && "The date", number && "The number"].filter(Boolean);
  if (filled.length) say(`${filled.join(" and ").replace("and The", "and the")} was taken from the text.`);
});

function saysSomething(row) {
  const answer = row.querySelector("[type=radio]:checked")?.value;
  return !["pending", "not_done"].includes(answer) && Boolean(answer || row.querySelector("[name$='-value']")?.value.trim());
}

function sameDay(part) {
  const days = [...part.querySelectorAll("[name$='-dated_on']")];
  const first = days.find(({ value }) => value);
  if (!first) {
    days[0].focus();
    return say("Write the day into one of them first.");
  }
  const open = days.filter((box) => !box.value && saysSomething(box.closest(".tb-item, [data-repeat-row]")));
  for (const box of open) fill(box, first.value);
  return say(`${first.value} in ${open.length} more.`);
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-same-day]")) sameDay(target.closest("section"));
  const button = target.closest("[data-fill]");
  if (!button) return;
  const box = document.getElementById(button.dataset.fill);
  const ours = [...document.querySelectorAll(`[data-fill="${box.id}"]`)].map(({ value }) => value);
  if (!box.value.trim() || ours.includes(box.value)) fill(box, button.value);
  else say("Something is written there already; it stays.");
});
