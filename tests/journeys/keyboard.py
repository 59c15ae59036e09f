"""Somebody who uses nothing but keys, and has to see at every stop where they are."""

import re
from re import Pattern

from playwright.sync_api import Locator, expect

from tests.journeys.window import Window

STOPS = 150
"""More than any page has."""

JUDGE_STOP = """
(target, forward) => {
  const here = document.activeElement, before = window.lastStop;
  window.lastStop = here;
  const called = here.outerHTML.slice(0, 160);

  const inOrder = () => {
    if (!before?.isConnected || before === document.body) return true;
    return Boolean(before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING) === forward;
  };
  const outlined = (part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const around = [here, here.nextElementSibling];
  for (let part = here.parentElement; part; part = part.parentElement) around.push(part);
  const ring = around.find((part) => part && outlined(part));
  const uncovered = () => {
    const { left, right, top, bottom } = ring.getBoundingClientRect();
    const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const seen = document.elementFromPoint((left + right) / 2, middle);
    return seen && (ring.contains(seen) || seen.contains(ring));
  };
  const wrong = () => {
    if (here === document.body) return "nothing has the focus";
    if (!inOrder()) return `out of order: ${called}`;
    if (!ring) return `no line around it: ${called}`;
    return uncovered() ? "" : `out of sight: ${called}`;
  };
  return [wrong(), target.contains(here)];
}
"""
"""What is wrong with the stop that a Tab has led to: no line around it, out of sight, or not where reading goes on; and
whether it is where the way was to lead."""


class Keyboard:
    """Walks the open page of a window by Tab, and types."""

    def __init__(self, window: Window) -> None:
        self._window, self._page = window, window.page

    def strike(self, *keys: str) -> None:
        self._page.wait_for_load_state()  # styles, and the scripts that listen
        for key in keys:
            self._page.keyboard.press(key)

    def tab_to(self, target: Locator) -> None:
        """Forward to ``target``, or to what is in it; each stop on the way is judged."""
        self._walk(target, "Tab")

    def tab_back_to(self, target: Locator) -> None:
        self._walk(target, "Shift+Tab")

    def follow(self, name: str | Pattern[str]) -> None:
        self.tab_to(self._page.get_by_role("link", name=name))
        self.strike("Enter")

    def press(self, name: str | Pattern[str]) -> None:
        self.tab_to(self._page.get_by_role("button", name=name))
        self.strike("Enter")

    def write(self, name: str, text: str) -> None:
        self.tab_to(self._page.get_by_role("textbox", name=name, exact=True))
        self._page.keyboard.type(text)

    def write_code(self, name: str, code: str) -> None:
        """Into a box that becomes a list of codes as soon as it has the focus."""
        self.tab_to(self._page.get_by_label(name, exact=True))
        self._page.keyboard.type(code)

    def choose(self, name: str, option: str) -> None:
        """By the first word of the option, as a closed list takes it."""
        box = self._page.get_by_role("combobox", name=name, exact=True)
        self.tab_to(box)
        self._page.keyboard.type(option.partition(" ")[0])
        expect(box.get_by_role("option", name=option, exact=True)).to_have_js_property("selected", value=True)

    def tick(self, group: str, choice: str) -> None:
        """Into the group by Tab and on by arrows, as radio buttons are walked."""
        choices = self._page.get_by_role("group", name=group, exact=True)
        self.tab_to(choices)
        wanted = choices.get_by_role("radio", name=choice, exact=True)
        self.strike("Space")
        for _ in range(choices.get_by_role("radio").count()):
            if has_focus(wanted):
                break
            self.strike("ArrowDown")
        expect(wanted).to_be_checked()

    def go(self, place: str) -> None:
        """To a place of the rail, by its first letter."""
        self.strike("g", place[0].lower())
        self._window.see(re.compile(f"^{place}"))

    def _walk(self, target: Locator, key: str) -> None:
        expect(target).to_be_visible()
        self._page.wait_for_load_state()
        for _ in range(STOPS):
            self._page.keyboard.press(key)
            wrong, there = target.evaluate(JUDGE_STOP, key == "Tab")
            assert not wrong, f"{self._page.url}: {wrong}"
            if there:
                return
        raise AssertionError(f"{self._page.url}: no Tab leads to {target}")


def has_focus(target: Locator) -> bool:
    """It, or something in it."""
    return bool(target.evaluate("(each) => each.contains(document.activeElement)"))
