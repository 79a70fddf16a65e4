"""Chromium for tests: pages of the live server, signing in, accessibility, overflow, weight and pictures.

Use it from tests/conftest.py with `pytest_plugins = ["tests.browser_fixtures"]`; docs/style.md has an example.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SHOTS = Path(__file__).resolve().parent.parent / "test-results" / "shots"
DESKTOP, PHONE = 1280, 390
MOST_BYTES, MOST_REQUESTS = 400_000, 8
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]


def find_chromium() -> str | None:
    """The browser to drive: the one named by CHROMIUM, else the first known name on the path."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fontconfig file that shows Chinese with the fonts installed by pip, on machines that have none."""
    home = tmp_path_factory.mktemp("fonts")
    package = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    places = [*(package.submodule_search_locations or ()), "/usr/share/fonts"] if package else ["/usr/share/fonts"]
    folders = "".join(f"<dir>{place}</dir>" for place in places)
    header = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    file = home / "fonts.conf"
    file.write_text(f"{header}<fontconfig>{folders}<cachedir>{home}/cache</cachedir></fontconfig>", "utf-8")
    return file


@pytest.fixture(scope="session")
def browser(fonts: Path) -> Iterator[Browser]:
    """One Chromium for the whole session of a test worker."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("BROWSER MISSING: no Chromium found; install it, or name it in CHROMIUM")
    # Playwright's own event loop runs in the tests' thread; Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
        running = playwright.chromium.launch(executable_path=executable, args=FLAGS, env=environment)
        yield running
        running.close()


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, str], None]:
    """Gives a page's context the session of a person, without the sign-in form: sign_in(page, username)."""

    def give_session(page: Page, username: str) -> None:
        client = Client()
        person = get_user_model().objects.get_by_natural_key(username)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return give_session


@pytest.fixture
def new_page(browser: Browser, live_server: Any, sign_in: Callable[[Page, str], None]) -> Iterator[Callable[..., Page]]:
    """Opens pages of the live server, each in a context of its own; fails on script errors and CSP violations."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        username: str | None = None, *, width: int = DESKTOP, script: bool = True, text_size: str = "100"
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=script,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "text_size", "value": text_size, "url": live_server.url}])
        page = context.new_page()
        _listen(page, complaints)
        if username:
            sign_in(page, username)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints


def _listen(page: Page, complaints: list[str]) -> None:
    # A page that answers 403 or 404 on purpose also writes "Failed to load resource": that is no complaint.
    def on_console(message: Any) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A desktop page, not signed in."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A page of 390 px, not signed in."""
    return new_page(width=PHONE)


def axe(page: Page) -> None:
    """Fail on anything axe-core finds (WCAG 2.2 AA and best practices)."""
    found = Axe().run(page).response["violations"]
    told = [(each["id"], [node["target"] for node in each["nodes"]][:5]) for each in found]
    assert not told, f"{page.url}: {told}"


def no_overflow(page: Page, width: int = PHONE) -> None:
    """Fail when the page scrolls sideways at this width in pixels; the former width is restored."""
    former = page.viewport_size
    page.set_viewport_size({"width": width, "height": 900})
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if former:
        page.set_viewport_size(former)
    assert beyond <= 0, f"{page.url}: {beyond} px too wide at {width} px"


def light(page: Page) -> None:
    """Fail when the page weighs more than 400 kB unpacked or took more than 8 requests."""
    sizes = page.evaluate(
        "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
        ".map(entry => entry.decodedBodySize)"
    )
    assert sum(sizes) <= MOST_BYTES, f"{page.url}: {sum(sizes)} bytes"
    assert len(sizes) <= MOST_REQUESTS, f"{page.url}: {len(sizes)} requests"


def shot(page: Page, name: str) -> Path:
    """Save a picture of the whole page as test-results/shots/<name>-<width>.png."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else DESKTOP
    file = SHOTS / f"{name}-{width}.png"
    page.screenshot(path=file, full_page=True)
    return file


def examine(page: Page, name: str) -> None:
    """All of the above for the page that is open: axe and a picture at 1280 and at 390 px, overflow, weight."""
    light(page)
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        no_overflow(page, width)
        shot(page, name)
