"""A browser window, used as a person uses it: everything in it is found by its role and its visible name."""

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from re import Pattern
from urllib.parse import quote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, ViewportSize, expect

from tumorboard.demo.hospital.people import ONE_FOR_EACH_ROLE, PASSWORD, PersonRecord

DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)

TODAY = re.compile(r"day \d\d-")
"""The heading of the first page: "Tuesday 24-Nov-2026"."""

_ALL_RULES = {"resultTypes": ["violations"], "preload": False}
"""Without fetching the page's styles again, which only rules for films and for turned screens need."""
_COLORS = _ALL_RULES | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that can differ between light and dark; all others are asked once."""
_REFUSED_PAGE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Watch:
    """What every window asked for, what it complained of, and which pages were looked at."""

    looked_at: Path
    """A folder with a file for each page that any of the parallel runners has looked at."""
    urls: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    typed: list[object] = field(default_factory=list)
    """Every case that somebody typed."""

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def look(self, page: Page) -> None:
        """Judges a page in light and dark by axe, the first time that it is seen at this width."""
        if self._is_first_at(page):
            self.judge(page)

    def judge(self, page: Page) -> None:
        page.evaluate(AXE_SCRIPT)
        for scheme, rules in (("dark", _COLORS), ("light", _ALL_RULES)):
            page.emulate_media(color_scheme=scheme)
            found = AxeResults(page.evaluate("rules => axe.run(rules)", rules))
            assert found.violations_count == 0, f"{page.url} in {scheme}: {found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= page.viewport_size["width"], f"{page.url} is {wide} px wide"

    def _is_first_at(self, page: Page) -> bool:
        refused = page.title().startswith("Error:")
        kind = (_ID.sub("…", urlsplit(page.url).path), refused, page.viewport_size["width"])
        try:
            (self.looked_at / quote(repr(kind), safe="")).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _asked(self, request: Request) -> None:
        self.urls.append(request.url)

    def _answered(self, response: Response) -> None:
        page = response.request.resource_type == "document"
        told = page or response.status == HTTPStatus.CONFLICT  # a sentence on the page
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or (
            response.status >= HTTPStatus.BAD_REQUEST and not told
        ):
            self.complaints.append(f"{response.status} for {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # A refused page is what some journeys are about; a refused script or style is in _answered.
        if message.type in {"error", "warning"} and not _REFUSED_PAGE.match(message.text):
            self.complaints.append(message.text)


class Window:
    """One tab of somebody's browser."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page = page
        self._watch = watch
        self._words_before = ""

    def open(self, url: str) -> None:
        self.page.goto(url)

    def another_tab(self, url: str) -> "Window":
        tab = Window(self.page.context.new_page(), self._watch)
        tab.open(url)
        return tab

    def sign_in(self, person: PersonRecord) -> None:
        """By a click where the demo offers this person, by e-mail and password else."""
        expect(self.page.get_by_role("heading", level=1, name="Sign in", exact=True)).to_be_visible()
        self._watch.look(self.page)
        if person.family_name in dict(ONE_FOR_EACH_ROLE).values():
            return self.press(f"Sign in as {person.family_name}, {person.given_name}")
        self.write("E-mail", person.email)
        self.write("Password", PASSWORD)
        return self.press("Sign in", exact=True)

    def see(self, heading: str | Pattern[str]) -> None:
        """Waits for the page of this heading, and looks at it."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        self._watch.look(self.page)

    def look_again(self) -> None:
        """Looks at the page as it is now, whatever it was when it was first looked at."""
        self._watch.judge(self.page)

    def hear(self, words: str) -> None:
        """Waits for what the page says was just done; it must not have said so before the button was pressed."""
        assert words not in self._words_before, f"This was there before: {words}"
        expect(self.page.locator("main")).to_contain_text(words)

    def hold_the_clock(self) -> None:
        """From now on the page's time can be moved. A page that is still loading would see it jump, and lock."""
        self.page.wait_for_load_state()
        self.page.clock.install()

    def press(self, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        self.page.wait_for_load_state()  # with the scripts that listen to it; without them it would be another journey
        self._words_before = self.page.locator("main").inner_text()
        (within or self.page).get_by_role("button", name=name, exact=exact).click()

    def follow(self, name: str | Pattern[str], *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("link", name=name).click()

    def write(self, name: str, text: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("textbox", name=name, exact=True).fill(text)

    def paste(self, name: str, text: str) -> None:
        """Cuts the text out of the box and pastes it again: what the clipboard brings is not what keys bring."""
        box = self.page.get_by_role("textbox", name=name, exact=True)
        box.fill(text)
        for keys in ("Control+A", "Control+X", "Control+V"):
            box.press(keys)

    def choose(self, name: str, option: str) -> None:
        self.page.get_by_role("combobox", name=name, exact=True).select_option(label=option)

    def tick(self, group: str, choice: str) -> None:
        self.page.get_by_role("group", name=group, exact=True).get_by_role("radio", name=choice, exact=True).check()

    def region(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def remember_typed(self, case: object) -> None:
        """Kept for whoever looks afterwards where a patient has got to."""
        self._watch.typed.append(case)

    @property
    def words(self) -> str:
        """All that the page says, in one line."""
        return " ".join(self.main.inner_text().split())
