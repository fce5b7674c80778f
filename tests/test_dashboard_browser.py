"""The dashboard in a real browser: what a person sees, does and is kept safe from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from dashboard_pages import AGENCY, HOSTILE, made, renamed, sample_records, without

from analyze.frames import AGENCY as AGENCY_COLUMNS
from analyze.words import word

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.xdist_group("chromium"),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
]

VIEWS = ("overview", "submissions", "ranking", "heatmap", "gaps", "plans", "scores", "trends")
VIEWS += ("quality", "agency")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


class Page:
    """A page of the browser that remembers what went wrong."""

    def __init__(self, browser: Any, file: Path, viewport: dict[str, int] = DESKTOP) -> None:
        self.tab = browser.new_page(viewport=viewport)
        self.file = file
        self.errors: list[str] = []
        self.tab.on("console", self._heard)
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def open(self, **address: str) -> Page:
        """Go to an address of the page, as a link from outside would."""
        self.tab.goto("about:blank")
        told = "&".join(f"{name}={quote(value)}" for name, value in address.items())
        self.tab.goto(f"{self.file.as_uri()}#{told}")
        self.drawn(address.get("view", "overview"))
        return self

    def go(self, **address: str) -> None:
        """Follow a link of the page itself: the file is not read again."""
        told = "&".join(f"{name}={quote(value)}" for name, value in address.items())
        self.tab.evaluate(
            """(told) => new Promise((done) => {
                addEventListener("hashchange", () => setTimeout(done), { once: true });
                location.hash = told;
            })""",
            told,
        )
        self.drawn(address["view"])

    def drawn(self, view: str) -> None:
        """Wait until the view stands, with its charts."""
        self.tab.wait_for_selector(f'html[data-ready="{view}"]', state="attached")
        self.until(
            "[...document.querySelectorAll('.chart')].every((one) => one.querySelector('svg'))"
        )

    def until(self, condition: str) -> None:
        """Wait for a condition; Playwright's own waiting wants eval, which the policy forbids."""
        for _ in range(200):
            if self.tab.evaluate(condition):
                return
            self.tab.wait_for_timeout(50)
        pytest.fail(f"not so after ten seconds: {condition}")

    def texts(self, selector: str) -> list[str]:
        return [text.strip() for text in self.tab.locator(selector).all_inner_texts()]

    def hash(self) -> str:
        return str(self.tab.evaluate("decodeURIComponent(location.hash)"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def written(folder: Path, records: dict[str, Any]) -> Path:
    page, _ = made(records)
    path = folder / "dashboard.html"
    path.write_text(page.html, "utf-8")
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("dashboard"), sample_records())


@pytest.fixture
def page(browser: Any, file: Path) -> Iterator[Page]:
    opened = Page(browser, file)
    yield opened
    opened.tab.close()
    assert opened.errors == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_view_stands_without_errors_and_fits(
    browser: Any, file: Path, lang: str, viewport: dict[str, int]
) -> None:
    page = Page(browser, file, viewport).open(view="quality", lang=lang)
    for view in VIEWS:
        page.go(view=view, lang=lang, agency=AGENCY, year="2566")
        widths = page.tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1], (view, "the page scrolls sideways")
        assert "[object" not in page.tab.inner_text("main"), view
        assert len(page.tab.inner_text("main")) > 100, view
    page.tab.close()
    assert page.errors == []


def test_language_is_switched_and_remembered(page: Page) -> None:
    page.open(view="ranking")
    assert page.tab.inner_text("h1") == word("view_ranking", "th")
    page.tab.click('.languages [lang="en"]')
    page.tab.wait_for_selector("html[lang=en]")
    assert page.tab.inner_text("h1") == word("view_ranking", "en")
    assert "lang=en" in page.hash()
    page.tab.reload()
    page.drawn("ranking")
    assert page.tab.inner_text("h1") == word("view_ranking", "en")


def test_filters_narrow_and_stand_in_the_address(page: Page) -> None:
    page.open(view="ranking", lang="en", year="2565")
    everyone = page.texts("tbody th[scope=row]")
    page.tab.select_option("select[name=type]", "อบต.")
    page.until("location.hash.includes('type=')")
    page.drawn("ranking")
    some = page.texts("tbody th[scope=row]")
    assert 0 < len(some) < len(everyone)
    assert all(name.startswith("อบต.") for name in some)
    page.tab.fill("input[name=q]", "ทุ่งสายรุ้ง")
    page.until("location.hash.includes('q=')")
    page.drawn("ranking")
    assert [name.split()[1] for name in page.texts("tbody th[scope=row]")] == ["ทุ่งสายรุ้ง"]
    assert page.tab.evaluate("document.activeElement.name") == "q"
    page.tab.reload()
    page.drawn("ranking")
    assert len(page.texts("tbody th[scope=row]")) == 1
    assert page.tab.input_value("input[name=q]") == "ทุ่งสายรุ้ง"


def test_ranking_is_sorted_by_a_click_and_by_the_keyboard(page: Page) -> None:
    page.open(view="ranking", lang="en", year="2565")
    head = page.tab.locator("thead th", has_text="Completeness").first
    shares = "tbody td:nth-child(3)"
    head.click()
    page.until("document.querySelectorAll('thead th')[2].ariaSort === 'ascending'")
    values = [float(text.rstrip("%")) for text in page.texts(shares)]
    assert values == sorted(values)
    assert len(set(values)) > 1
    head.locator("[role=button]").first.press("Enter")
    page.until("document.querySelectorAll('thead th')[2].ariaSort === 'descending'")
    assert [float(text.rstrip("%")) for text in page.texts(shares)] == values[::-1]


def test_ranking_shows_the_table_of_the_analysis(page: Page) -> None:
    _, compared = made(sample_records())
    frame = compared["completeness"]
    told = frame[(frame["fiscal_year_be"] == 2565) & frame["completeness"].notna()]
    page.open(view="ranking", lang="en", year="2565", group="country")
    shown = sorted(float(text.rstrip("%")) for text in page.texts("tbody td:nth-child(3)"))
    assert shown == sorted(round(100 * share, 1) for share in told["completeness"])
    ranks = compared["rank_agencies"].query(
        "metric == 'completeness' and peer_group == 'country' and fiscal_year_be == 2565"
    )
    expected = sorted(f"{row.rank} / {row.peers}" for row in ranks.itertuples(index=False))
    assert sorted(page.texts("tbody td:nth-child(1)")) == expected


def test_gaps_count_as_the_analysis_does(page: Page) -> None:
    _, compared = made(sample_records())
    gaps = compared["item_gaps"].query("peer_group == 'country' and fiscal_year_be == 2565")
    expected = {
        f"O{row['item_no']}": (row["agencies"], row["complete"], row["missing"])
        for row in gaps.to_dict("records")
    }
    page.open(view="gaps", lang="en", year="2565")
    found = {}
    for row in page.tab.locator("table.sortable tbody tr").all():
        cells = [text.strip() for text in row.locator("th, td").all_inner_texts()]
        found[cells[0].split()[0]] = (int(cells[3]), int(cells[4]), int(cells[6]))
    assert found == expected


def test_plans_are_those_of_the_analysis(browser: Any, tmp_path: Path) -> None:
    scores = sample_records()["scores"].copy()
    documents = sample_records()["documents"]
    whose = documents.loc[documents["agency_code"] == AGENCY, AGENCY_COLUMNS].iloc[0]
    # No sample has items and a score below the mark in one year: one agency lends another its own.
    scores.loc[scores["agency_code"] == "X000005", AGENCY_COLUMNS] = whose.tolist()
    records = sample_records() | {"scores": scores}
    plan = made(records)[1]["pass_plan"]
    code, year = plan.loc[plan["step"] > 0, ["agency_code", "fiscal_year_be"]].iloc[0]
    of_year = plan[plan["fiscal_year_be"] == year]
    steps = of_year[of_year["agency_code"] == code]
    page = Page(browser, written(tmp_path, records)).open(view="plans", lang="en", year=str(year))
    assert len(page.texts("tbody tr")) == of_year["agency_code"].nunique()
    page.go(view="agency", lang="en", year=str(year), agency=code, section="plan")
    shown = page.texts("#part-plan tbody tr td:last-child")
    assert [text.split()[0] for text in shown] == [f"{total:.2f}" for total in steps["total_after"]]
    assert f"{steps['total_before'].iloc[0]:.2f}" in page.tab.inner_text("#part-scores")
    page.tab.close()
    assert page.errors == []


def test_three_clicks_lead_from_the_overview_to_the_words_of_the_report(page: Page) -> None:
    page.open(lang="en", year="2565")
    page.tab.click("main section table tbody th a >> nth=0")
    page.drawn("agency")
    button = page.tab.locator("#part-items button", has_text="Evidence").first
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    shown = page.tab.locator(".evidence").first.inner_text()
    items = sample_records()["items"]
    documents = sample_records()["documents"]
    id_ = shown.split()[-1]
    (row,) = items[items["observation_id"] == id_].to_dict("records")
    (source,) = set(documents.loc[documents["document_id"] == row["document_id"], "source_file"])
    assert source in shown
    assert f"table {row['table_id']}, row {row['row']}, line {row['line']}" in shown
    assert row["item_name_raw"] in shown


def test_a_sign_of_the_heat_map_tells_itself_and_opens_its_evidence(page: Page) -> None:
    page.open(view="heatmap", lang="en", year="2565")
    first = page.tab.locator("td.cell").first
    first.focus()
    page.tab.keyboard.press("ArrowRight")
    page.tab.keyboard.press("ArrowDown")
    cell = page.tab.locator("td.cell:focus")
    told = page.tab.inner_text(".told")
    assert "O2" in told
    assert told.endswith(cell.get_attribute("aria-label"))
    cell.hover()
    assert "O2" in page.tab.inner_text("#tip")
    page.tab.keyboard.press("Enter")
    page.drawn("agency")
    assert page.tab.locator("#item-2 button").get_attribute("aria-expanded") == "true"
    page.tab.go_back()
    page.drawn("heatmap")


def test_a_name_that_attacks_is_shown_and_not_run(browser: Any, tmp_path: Path) -> None:
    records = renamed(sample_records(), "agency_name", HOSTILE)
    records = renamed(records, "district", "<b>x</b>")
    page = Page(browser, written(tmp_path, records)).open(view="trends", lang="en")
    for view in VIEWS:
        page.go(view=view, lang="en", agency=AGENCY, year="2565")
        assert "run" not in page.tab.title() or HOSTILE in page.tab.title(), view
        assert page.tab.locator("main img, main b").count() == 0
        if view in ("ranking", "heatmap", "agency"):
            assert HOSTILE in page.tab.inner_text("main")
    page.tab.close()
    assert page.errors == []


def test_the_policy_lets_nothing_out_and_nothing_else_run(browser: Any, file: Path) -> None:
    page = Page(browser, file).open()
    answers: list[str] = []
    refused: list[str] = []
    page.tab.on("response", lambda answer: answers.append(answer.url))
    page.tab.on("requestfailed", lambda request: refused.append(request.failure))
    blocked = page.tab.evaluate(
        """async () => {
            const seen = [];
            document.addEventListener("securitypolicyviolation",
                (event) => seen.push(event.effectiveDirective));
            await fetch("http://127.0.0.1:9/").catch(() => null);
            const image = new Image();
            image.src = "http://127.0.0.1:9/x.png";
            const script = document.createElement("script");
            script.textContent = "window.injected = true";
            const frame = document.createElement("iframe");
            frame.src = "http://127.0.0.1:9/";
            document.body.append(image, script, frame);
            document.body.insertAdjacentHTML("beforeend", "<p style='color:red' onclick='1'>x</p>");
            await new Promise((done) => setTimeout(done, 300));
            return [seen, window.injected === undefined];
        }"""
    )
    kinds = {"connect-src", "img-src", "script-src-elem", "frame-src", "style-src-attr"}
    assert kinds <= set(blocked[0])
    assert blocked[1]
    assert not [url for url in answers if url.startswith("http")]
    assert set(refused) <= {"csp"}
    page.tab.close()


def test_keyboard_reaches_the_content_first(page: Page) -> None:
    page.open(view="ranking", lang="en")
    page.tab.keyboard.press("Tab")
    assert page.tab.evaluate("document.activeElement.id") == "skip"
    page.tab.keyboard.press("Enter")
    assert page.tab.evaluate("document.activeElement.id") == "main"
    page.tab.keyboard.press("Tab")
    assert page.tab.evaluate("document.activeElement.name") == "year"
    assert [page.tab.locator(one).count() for one in ("main", "h1", "footer")] == [1, 1, 1]
    unlabelled = page.tab.evaluate(
        """[...document.querySelectorAll("input, select, button")].filter((node) =>
            !node.labels?.length && !node.textContent.trim() && !node.ariaLabel).length"""
    )
    assert unlabelled == 0
    page.tab.click("#nav a[href*=gaps]")
    page.drawn("gaps")
    assert page.tab.evaluate("document.activeElement.id") == "title"


def test_charts_have_their_figures_as_a_table(page: Page) -> None:
    page.open(view="trends", lang="en")
    for figure in page.tab.locator("figure").all():
        assert figure.locator(".chart").get_attribute("aria-label")
        assert figure.locator("details table tbody tr").count() > 1


def test_paper_has_no_controls_and_all_rows(page: Page) -> None:
    page.open(view="quality", lang="en")
    page.tab.emulate_media(media="print")
    assert not page.tab.is_visible("#nav")
    assert not page.tab.is_visible(".finder")
    before = len(page.texts("table.sortable >> nth=0 >> tbody tr"))
    page.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    after = len(page.texts("table.sortable >> nth=0 >> tbody tr"))
    assert before <= after == len(sample_records()["review"])
    assert page.tab.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("emptied", "view", "key"),
    [
        (("scores",), "scores", "no_scores_year"),
        (("items",), "ranking", "no_items_year"),
        (("items", "scores", "measures", "measure_steps"), "trends", "no_changes"),
        (("review", "issues"), "quality", "review_none"),
    ],
)
def test_what_is_absent_is_said(
    browser: Any, tmp_path: Path, emptied: tuple[str, ...], view: str, key: str
) -> None:
    page = Page(browser, written(tmp_path, without(sample_records(), *emptied)))
    page.open(view="trends", lang="en")
    for one in VIEWS:
        page.go(view=one, lang="en", agency=AGENCY)
    page.go(view=view, lang="en", year="2565")
    sentence = word(key, "en").partition("{")[0].strip()
    assert sentence in page.tab.inner_text("main")
    page.tab.close()
    assert page.errors == []


def test_no_agency_at_all(browser: Any, tmp_path: Path) -> None:
    records = without(sample_records(), *sample_records())
    page = Page(browser, written(tmp_path, records)).open(lang="en")
    assert word("no_data", "en") in page.tab.inner_text("main")
    page.tab.close()
    assert page.errors == []
