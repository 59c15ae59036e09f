// A submitted form's button says what it is doing and cannot be pressed twice. Coming back to the page frees it.
const resting = new Map(); // button -> the words it had

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  const form = event.target;
  if ("busy" in form.dataset) return event.preventDefault();
  form.dataset.busy = "";
  const button = event.submitter ?? form.querySelector("button[type=submit]");
  if (!button) return;
  resting.set(button, [...button.childNodes]);
  button.setAttribute("aria-disabled", "true");
  if (button.dataset.busy) button.replaceChildren(button.dataset.busy);
});

addEventListener("pageshow", () => {
  for (const [button, words] of resting) {
    delete button.form?.dataset.busy;
    button.removeAttribute("aria-disabled");
    button.replaceChildren(...words);
  }
  resting.clear();
});
