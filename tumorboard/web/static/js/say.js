// Tells a screen reader, politely, what just changed in sight.
export function say(words) {
  document.getElementById("say").textContent = words;
}
