"""What a journey costs: counted in the page, as the design says (ux/journeys.md, "How to measure")."""

from tests.journeys.window import Window

LISTEN = """
(() => {
  const typing = (one) => one.matches("input:not([type=checkbox], [type=radio]), textarea, select");
  const activates = ({ key, target }) =>
    key === "Enter" ? target.matches("a, button") : key === " " ? target.matches("button, input") : key.length === 1;
  const changed = (event) => tell(`${location.pathname} ${event.target.name}`);

  addEventListener("pointerup", (event) => event.isTrusted && tell("act"), true);
  addEventListener("keydown", (event) => {
    const plain = event.isTrusted && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plain && !typing(event.target) && activates(event)) tell("act");
  }, true);
  addEventListener("input", (event) => event.isTrusted && typing(event.target) && changed(event), true);
  addEventListener("change", (event) => event.target.matches("select") && changed(event), true);
})();
"""
"""What a script of ours fills in after a paste is not trusted, and so no field that anybody changed."""


NOTHING_KNOWN = {"acts": 22, "fields": 16, "loads": 2}
PREFILLED = {"acts": 14, "fields": 8, "loads": 2}
SECOND = {"acts": 8, "fields": 4, "loads": 2}
"""What the design allows a case to cost: a new tumor, a patient of whom something is known, the next case of one."""


class Count:
    """Acts (clicks, and keys that press or decide), fields whose value was changed, and pages loaded, from here on."""

    def __init__(self, window: Window) -> None:
        self._page = window.page
        self._page.expose_function("tell", self._hear)
        self._page.add_init_script(LISTEN)
        self._page.reload()
        self._page.on("domcontentloaded", self._load)
        self.start_again()

    def start_again(self) -> None:
        self._acts, self._loads = 0, 0
        self._fields: set[str] = set()

    def is_at_most(self, *, acts: int, fields: int, loads: int) -> None:
        cost, most = self._cost(), (acts, fields, loads)
        assert all(spent <= allowed for spent, allowed in zip(cost, most, strict=True)), f"{cost} of at most {most}"

    def beside(self, *, acts: int, fields: int, loads: int) -> str:
        """What it cost, beside what the design allows."""
        clicks, filled, loaded = self._cost()
        return f"{clicks} of {acts} clicks, {filled} of {fields} fields, {loaded} of {loads} loads"

    def __str__(self) -> str:
        return "{} clicks, {} fields, {} loads".format(*self._cost())

    def _cost(self) -> tuple[int, int, int]:
        """The page is whole when it is counted."""
        self._page.wait_for_load_state()
        self._page.evaluate("0")  # an answer from the page comes after all that it has told
        return self._acts, len(self._fields), self._loads

    def _hear(self, what: str) -> None:
        if what == "act":
            self._acts += 1
        else:
            self._fields.add(what)

    def _load(self) -> None:
        self._loads += 1
