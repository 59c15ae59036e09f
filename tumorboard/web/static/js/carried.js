// What was carried over from the case before is marked so, [data-carried] at the head of its part, until somebody changes it.
document.addEventListener("input", ({ target }) => {
  for (let part = target; part && !part.matches("section, form"); part = part.parentElement) {
    const mark = part.querySelector(":scope > [data-carried]");
    if (mark) return mark.remove();
  }
});
