"""A real browser on a phone without a network: Chromium, driven through Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_WORDS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


@contextmanager
def phone() -> Iterator[Any]:
    """A page of a phone's size that has no network; skips where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_WORDS))
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, offline=True,
            accept_downloads=True, timezone_id="Europe/Oslo", locale="nb-NO",
        )  # fmt: skip
        yield context.new_page()
        browser.close()


def address(path: Path) -> str:
    """Where a browser finds a file."""
    return path.resolve().as_uri()
