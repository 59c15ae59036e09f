// Leaving a page warns while something that was typed there is kept nowhere else. A form that saves itself says so for itself
// (js/autosave.js); form[data-leave] is kept once it is sent. data-unsaved: what came with the page is not saved either.
// [data-discard] in the form leaves without it, and says that in its own words.

/** Leaving warns as long as `isUnsaved()` says so. */
export function warnWhile(isUnsaved) {
  addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });
}

/** Leaving warns while something typed into `form` is not sent. */
export function warnBeforeLeaving(form) {
  let unsaved = "unsaved" in form.dataset;
  document.addEventListener("input", ({ target }) => { if (target.form === form) unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  form.addEventListener("click", (event) => { if (event.target.closest("[data-discard]")) unsaved = false; });
  warnWhile(() => unsaved && form.isConnected);
}

document.querySelectorAll("form[data-leave]").forEach(warnBeforeLeaving);
