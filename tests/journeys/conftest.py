"""One running demo and one Chromium for all journeys of a parallel runner."""

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect, sync_playwright

from tests.journeys.demo import PERSON, Demo, running_demo
from tests.journeys.window import DESK, PHONE, Watch, Window

PATIENCE = 30_000
"""Milliseconds for a page to become what it is to be, on a machine with other things to do."""

NO_CHROMIUM = "no journey was run: no Chromium is installed; get it with: apt install chromium-headless-shell"

Visit = Callable[..., Window]


CONTEXTS = pytest.StashKey[list[BrowserContext]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure tells what every window showed.

    Every skip for want of a browser is placed here, so that pytest folds them into one printed line.
    """
    report = yield
    if report.failed:
        pages = [page for context in item.stash.get(CONTEXTS, []) for page in context.pages]
        report.sections += [(page.url, page.locator("body").inner_text()) for page in pages]
    if report.skipped and NO_CHROMIUM in str(report.longrepr):
        report.longrepr = (__file__, None, f"Skipped: {NO_CHROMIUM}")  # type: ignore[assignment]
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")  # the same engine, a third slower
    if program is None:
        pytest.skip(NO_CHROMIUM)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all parallel runners have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder if worker_id == "master" else folder.parent


@pytest.fixture(scope="session")
def demo(chromium: Browser, shared: Path) -> Iterator[Demo]:
    folder = Path(tempfile.mkdtemp(prefix="tumorboard-journeys-"))
    folder.chmod(0o755)
    with running_demo(folder, shared) as running:
        running.wait_until_told()
        yield running
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def watch(shared: Path) -> Watch:
    """What this runner's windows saw; no two runners look at the same page."""
    looked_at = shared / "looked-at"
    looked_at.mkdir(exist_ok=True)
    return Watch(looked_at)


@pytest.fixture
def visit(demo: Demo, chromium: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens a browser of somebody's own: ``visit("Sorrel")`` signed in on Today, ``visit()`` at the door.

    Afterwards no page may have complained: of a script that failed, a refused style, an answer that did not come.
    """
    before = len(watch.complaints)
    contexts = request.node.stash[CONTEXTS] = []

    def open_browser(family_name: str = "", *, size: ViewportSize = DESK, at: str = "/") -> Window:
        context = chromium.new_context(
            base_url=demo.base_url, viewport=size, reduced_motion="reduce", has_touch=size is PHONE
        )
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        contexts.append(context)
        window = Window(context.new_page(), watch)
        window.open(at)
        if family_name:
            window.sign_in(PERSON[family_name])
        return window

    yield open_browser
    while contexts:
        contexts.pop().close()
    assert watch.complaints[before:] == []
