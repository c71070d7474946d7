"""Makes the pictures of the workbench in docs/images anew: `python -m tests.web.screenshots RECORD`.

RECORD is that of the sample dispatches, as `make demo` leaves it. Needs Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.snippets import ROOT
from tests.web.browsing import serving

IMAGES = ROOT / "docs" / "images"
WIDE, HIGH = 1440, 1000


def main(record: Path) -> None:
    """Open the pages and keep what is seen of them at first."""
    with serving(record) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(base_url=address, viewport={"width": WIDE, "height": HIGH}, color_scheme="light")
        page.goto("/dyad/PRK/RUS", wait_until="networkidle")
        page.screenshot(path=IMAGES / "workbench-tie.png")
        page.goto("/incidents?sort=sources")
        page.locator(".row-head a").first.click()
        page.wait_for_url("**/incident/*")
        page.evaluate("scrollTo({top: document.querySelector('#h-chain').offsetTop - 40, behavior: 'instant'})")
        page.set_viewport_size({"width": WIDE, "height": HIGH - 120})
        page.screenshot(path=IMAGES / "workbench-incident.png")
        page.set_viewport_size({"width": WIDE, "height": HIGH})
        page.goto("/review")
        page.screenshot(path=IMAGES / "workbench-review.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
