// "cT2 cN1 cM0" or "T4N3M1a" pasted or typed into T, N or M fills the prefix and all three: a [data-stage] whose boxes are
// marked data-stage-part="prefix", "t", "n", "m". The prefix's choices have the values c, p, yc, yp, r, a.
import { say } from "./say.js";

const STAGE = /^\s*(yc|yp|[cpra])?T([^\s,;N]+?)[\s,;]*(?:yc|yp|[cpra])?N(\S+?)(?:[\s,;]*(?:yc|yp|[cpra])?M([01X]\S*))?\s*$/i;

function fill(box, text) {
  if (text === undefined) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Whether the text is a whole stage, and so in its boxes now.
function take(target, text) {
  const stage = target.closest?.("[data-stage]");
  const found = stage && target.matches("[data-stage-part]") && STAGE.exec(text);
  if (!found) return false;
  const box = (part) => stage.querySelector(`[data-stage-part="${part}"]`);
  const [, prefix, t, n, m] = found;
  fill(box("prefix"), prefix?.toLowerCase());
  fill(box("t"), t);
  fill(box("n"), n);
  fill(box("m"), m);
  say("Staging filled from the text");
  return true;
}

document.addEventListener("paste", (event) => {
  if (take(event.target, event.clipboardData.getData("text"))) event.preventDefault();
});
document.addEventListener("change", ({ target }) => take(target, target.value));
