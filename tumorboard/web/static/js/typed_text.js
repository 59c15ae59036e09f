// All that stands in the boxes of form[data-autosave], as one text to take along, drawn when its dialog opens: part by
// part under its heading, each box in its own words.
const dialog = document.getElementById("typed-text");

function isFilled(box) {
  return box.matches("[type=checkbox], [type=radio]") ? box.checked : box.value.trim();
}

function inWords(box) {
  const label = box.labels[0].textContent.trim();
  if (box.matches("[type=checkbox]")) return label;
  if (box.matches("[type=radio]")) return answer(box.closest("fieldset").querySelector("legend").textContent, label);
  return answer(label, box.matches("select") ? box.selectedOptions[0].text : box.value);
}

function answer(asked, text) {
  return asked.endsWith("?") ? `${asked} ${text}` : `${asked}: ${text}`;
}

function partInWords(part) {
  const boxes = [...part.querySelectorAll("input, select, textarea")].filter(isFilled);
  return boxes.length ? [part.querySelector("h2").lastChild.textContent, ...boxes.map(inWords)].join("\n") : "";
}

document.addEventListener("click", (event) => {
  if (!dialog || !event.target.closest("[data-dialog=typed-text]")) return;
  const parts = [...document.querySelectorAll("form[data-autosave] .tb-part")].map(partInWords);
  const text = parts.filter(Boolean).join("\n\n");
  dialog.querySelector("textarea").value = text;
  dialog.querySelector("[data-copy]").dataset.copy = text;
});
