// Whose session this browser has; and the tabs of one browser tell each other what happens to it. What one person's tabs
// tell is not for another's: these hear only that somebody else's page, or one before the sign-in, has opened.
export const me = document.querySelector("[data-person]")?.dataset.person;
const tabs = new BroadcastChannel("session");

/** {stage: "open", "locked" or "none", person, name, token, passkeys} as the service says now. */
export async function session() {
  const answer = await fetch("/session", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

/** The forms of this page are sent with the token of the session that there is now. */
export function renewForms(token) {
  document.querySelector("meta[name=csrf-token]").content = token;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
}

export function tellTabs(words) {
  tabs.postMessage({ words, person: me });
}

export function hearTabs(words, act) {
  tabs.addEventListener("message", ({ data }) => { if (data.words === words && data.person === me) act(); });
}

/** `act` runs when a page opens in this browser that is not this person's: they may have been signed out. */
export function hearOthers(act) {
  tabs.addEventListener("message", ({ data }) => { if (data.words === "opened" && data.person !== me) act(); });
}

tellTabs("opened");
