"""How large the dashboard of a dataset is, and how soon it can be used in Chromium.

    python -m benchmarks.dashboard_bench OUT

Each view is opened anew several times, from the start of the navigation until the view stands and
the browser can paint it. Wants Chromium, and Playwright of the development packages.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

VIEWS = ("overview", "ranking", "heatmap", "scores", "quality")
RUNS = 7
READY = """
new MutationObserver((_, watch) => {
    if (!document.documentElement?.dataset.ready) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
}).observe(document, { attributes: true, childList: true, subtree: true });
"""


def milliseconds(browser: Browser, file: Path, view: str) -> float:
    """Open a view in a browser that has not seen the file; say when it could be used."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(READY)
    page.goto(f"{file.resolve().as_uri()}#view={view}")
    while (usable := page.evaluate("window.usable")) is None:
        page.wait_for_timeout(20)
    context.close()
    return float(usable)


def main(out: Path) -> None:
    """Print the size of the file and the times of each view."""
    file = out / "dashboard.html"
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for view in VIEWS:
            times = [milliseconds(browser, file, view) for _ in range(RUNS)]
            print(
                f"{view}: {statistics.median(times):.0f} ms until usable "
                f"(median of {RUNS}; {min(times):.0f} to {max(times):.0f}; "
                f"load {os.getloadavg()[0]:.1f})"
            )
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
