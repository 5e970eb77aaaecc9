"""An edition's folder: same bytes, true hashes, safe text, both languages, nothing from nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import edition_frames as sample
import pyarrow.parquet as pq
import pytest
from edition_figures import without_marks

from tiengvang.edition.areas import VIETNAMESE_REGIONS
from tiengvang.edition.brief import Page, make_brief
from tiengvang.edition.data_files import cell
from tiengvang.edition.drawing import nice_ticks
from tiengvang.edition.figures import draw_charts
from tiengvang.edition.html_templates import TEMPLATES
from tiengvang.edition.labels import page_labels
from tiengvang.edition.locales import Numbers
from tiengvang.edition.page import plain_text, web_address
from tiengvang.edition.render import LANGUAGES, render_edition
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.texts import TEXTS
from tiengvang.metrics import bundled
from tiengvang.settings import REPOSITORY

PAGES = [f"{language}/index.html" for language in LANGUAGES]


class Reader(HTMLParser):
    """Collects tags, links, text, and what a page would load from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loads: list[str] = []
        self.labels: list[str] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        self.ids += [values["id"]] if values.get("id") else []
        self.links += [values["href"]] if tag == "a" else []
        self.loads += [v for k, v in values.items() if k in ("src", "srcset", "xlink:href", "data")]
        self.loads += [values["href"]] if tag in ("link", "use", "image") else []
        if values.get("role") == "img":
            self.labels.append(values["aria-label"])

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("edition")
    return folder, render_edition(sample.facts(), sample.request(), folder)


def read(edition, name: str) -> str:
    return (edition[0] / name).read_text(encoding="utf-8")


def written(path: Path) -> str:
    """Return what a file says; a PDF is made from its page alone, see test_printed_brief."""
    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pydict())
    return "" if path.suffix == ".pdf" else path.read_text(encoding="utf-8-sig")


def rows_of(edition, name: str) -> list[dict[str, str]]:
    with (edition[0] / "data" / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_same_input_gives_the_same_bytes(edition, tmp_path):
    render_edition(sample.facts(), sample.request(), tmp_path / "again")
    first = {p.relative_to(edition[0]): p.read_bytes() for p in edition[0].rglob("*.*")}
    again = {
        p.relative_to(tmp_path / "again"): p.read_bytes() for p in (tmp_path / "again").rglob("*.*")
    }
    assert len(first) == 150
    assert first == again


def test_the_manifest_vouches_for_every_other_file(edition):
    folder, manifest = edition
    assert json.loads(read(edition, "manifest.json")) == manifest
    listed = {entry["path"]: entry for entry in manifest["files"]}
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert set(listed) == found - {"manifest.json"}
    for name, entry in listed.items():
        payload = (folder / name).read_bytes()
        assert entry["bytes"] == len(payload)
        assert entry["sha256"] == hashlib.sha256(payload).hexdigest()


def test_the_manifest_says_what_the_edition_stands_on(edition):
    manifest = edition[1]
    assert manifest["windows"]["period"] == ["2026-07-06", "2026-07-13"]
    assert manifest["windows"]["previous_period"] == ["2026-06-29", "2026-07-06"]
    assert manifest["world"] == {"name": "sample-7", "is_synthetic": True}
    assert manifest["versions"]["methods"] == ["2"]
    assert manifest["windows"]["week"] == ["2026-07-06", "2026-07-12"]
    assert manifest["windows"]["rolling"] == ["2026-06-15", "2026-07-12"]
    assert manifest["summary"]["slots_received"] == 1248
    assert [result["is_success"] for result in manifest["gate_results"]] == [True, False]
    for name, count in manifest["row_counts"].items():
        assert len(rows_of(edition, name)) == count


def test_the_order_of_gate_results_changes_nothing(edition):
    request = sample.request()
    swapped = sample.request(gate_results=list(reversed(request.gate_results)))
    assert swapped.gates == request.gates


@pytest.mark.parametrize("name", PAGES)
def test_untrusted_text_stays_text(edition, name):
    page = read(edition, name)
    reader = Reader(page)
    assert "script" not in reader.tags
    assert "<script>alert(1)</script> & trade" in reader.text
    assert "\u202e" not in page
    assert "L" * 200 not in page
    assert "javascript:" not in page
    assert "=cmd()" in reader.text
    for link in reader.links:
        assert link.startswith(("#", "../", "http://", "https://")), link


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_from_elsewhere(edition, name):
    page = read(edition, name)
    reader = Reader(page)
    assert all(load.startswith("data:") for load in reader.loads), reader.loads
    assert "@import" not in page
    assert not re.search(r"url\((?!#hatch\b|&#34;|\"?#)", page)
    assert len(reader.ids) == len(set(reader.ids))
    for link in reader.links:
        if link.startswith("../"):
            file, _, anchor = link.partition("#")
            target = (edition[0] / "en" / file).resolve()
            assert target.is_file(), link
            assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), link
        if link.startswith("#"):
            assert link[1:] in reader.ids


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_has_a_finding_in_words(edition, name):
    reader = Reader(read(edition, name))
    assert len(reader.labels) == 21
    assert all(len(label) > 40 for label in reader.labels)
    # the hatch; eleven charts in two widths; two maps and six KPIs; six hosts;
    # three pairs in two drawings; two yearly ones; six markets; the total of
    # capital, and five partners with stories; four pairs that can be judged; three
    # events with their placebos
    assert (
        reader.tags.count("svg") == 1 + 11 * 2 + 2 + 6 + 6 + 3 * 2 + 2 + 6 + 1 + 5 * 2 + 4 + 3 * 2
    )


def test_each_page_is_in_its_own_language(edition):
    english, vietnamese = (
        " ".join(Reader(without_marks(read(edition, name))).text) for name in PAGES
    )
    assert '<html lang="en">' in read(edition, PAGES[0])
    assert '<html lang="vi">' in read(edition, PAGES[1])
    assert "13 July 2026, 01:20 UTC" in english
    assert "13/07/2026, 01:20 UTC" in vietnamese
    assert "1,248 of 1,344 quarter-hours" in english
    assert "1.248 trên 1.344 khung 15 phút" in vietnamese
    assert "At most half of the outlets are of unknown country." in english
    assert "Nhiều nhất một nửa số cơ quan báo chí chưa rõ nước." in vietnamese
    assert "Nhật Bản" in vietnamese
    assert "Japan" not in vietnamese


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_synthetic_world_says_so_twice_and_in_print(edition, tmp_path, language):
    page = read(edition, f"{language}/index.html")
    labels = TEXTS[language].LABELS
    assert page.count(labels["synthetic"]) == 2
    assert f'content: "{labels["synthetic_print"]}"' in page
    assert "sample-7" in page
    if language == "en":
        render_edition(
            sample.empty_facts(),
            sample.request(is_synthetic=False, world_name="live"),
            tmp_path / "live",
        )
        for name in PAGES:
            live = (tmp_path / "live" / name).read_text(encoding="utf-8")
            assert labels["synthetic"] not in live
            assert "@top-center" not in live
            assert 'class="synthetic"' not in live


def test_both_languages_have_the_same_labels():
    english, vietnamese = (TEXTS[language].LABELS for language in LANGUAGES)
    assert set(english) == set(vietnamese)
    for key, text in english.items():
        named = [set(re.findall(r"{[\w:]+}", words)) for words in (text, vietnamese[key])]
        assert named[0] == named[1], key


def test_no_label_is_unused():
    sources = [p for p in TEMPLATES.parent.rglob("*.*") if p.suffix in (".py", ".j2")]
    used = "".join(p.read_text(encoding="utf-8") for p in sources if "_labels" not in p.name)
    built = ("q_", "nav_", "c_", "k_", "kind_", "stream_", "left_out_", "tier_", "pillar_")
    built += ("change_", "media_", "line_", "stratum_", "status_", "t_", "event_", "agreement_")
    built += ("uplift_", "evidence_", "outcome_", "doubt_", "origin_", "rating_", "checker_")
    built += ("answer_", "population_", "basis_", "plan_", "trust_")
    for key in (*TEXTS["en"].LABELS, *bundled().labels):
        names = {key, key.removeprefix("col_")}
        found = any(re.search(rf"[\"'.]{name}\b", used) for name in names)
        assert key.startswith(built) or found, key


def test_stories_of_a_month_that_is_not_whole_are_nowhere_in_the_edition(edition):
    # the sample's mart leaves them in the cell
    for path in edition[0].rglob("*.*"):
        assert "919191" not in written(path), path
    rows = rows_of(edition, "outcome_months.csv")
    assert {row["n_stories"] for row in rows if row["coverage_missing_reason"]} == {""}


def test_an_edition_of_nothing_is_drawn_as_missing(tmp_path):
    manifest = render_edition(sample.empty_facts(), sample.request(), tmp_path)
    assert manifest["summary"]["n_documents"] is None
    assert set(manifest["trust"].values()) == {"bad"}
    page = (tmp_path / "en/index.html").read_text(encoding="utf-8")
    text = " ".join(Reader(page).text)
    assert "Nothing was received in this period" in text
    assert not re.search(r"\b(nan|NaN|NaT|None|<NA>)\b", text)
    assert not re.search(r"\b0 (documents|stories)", text)
    assert page.count('fill="url(#hatch)"') > 14
    assert text.count("Cannot tell") > 5


def test_a_warehouse_of_one_week_says_what_it_cannot_compare(tmp_path):
    first = {
        name: [row for row in sample.rows()[name] if row[0] == sample.START]
        for name in ("voice", "relations", "reach")
    }
    first["relations"] = [
        sample.changed("relations", row, n_compared_weeks=0, balance_rank_52_weeks=None)
        for row in first["relations"]
    ]
    partial = [row for row in sample.rows()["eligibility"] if row[0] >= sample.DAYS[-2]]
    facts = sample.facts(**first, eligibility=partial)
    render_edition(facts, sample.request(), tmp_path)
    page = without_marks((tmp_path / "en/index.html").read_text(encoding="utf-8"))
    assert "its share of voice cannot be compared with earlier yet" in page
    assert "no pair has the 26 earlier weeks that a comparison takes" in page
    told, untold = page.index("the tone about it was colder"), page.index("cannot be compared")
    assert told < untold, "what was found comes first"
    assert "Only 2 of the 7 days have data." in page
    assert not re.search(r"\b(nan|NaN|NaT|None)\b|<NA>", " ".join(Reader(page).text))


def test_pages_never_show_a_null_as_text(edition):
    for name in PAGES:
        text = " ".join(Reader(read(edition, name)).text)
        assert not re.search(r"\b(nan|NaN|NaT|None)\b|<NA>|{[\w:]+}", text)


def test_data_files_are_safe_to_open_and_leave_suppressed_cells_empty(edition):
    titles = {row["title"] for row in rows_of(edition, "documents.csv")}
    outlets = {row["outlet_domain"] for row in rows_of(edition, "documents.csv")}
    assert '\'=HYPERLINK("http://evil.example","x")' in titles
    assert "'=cmd()" in outlets
    assert "=cmd()" not in outlets
    gap = [r for r in rows_of(edition, "coverage_daily.csv") if r["n_documents"] == ""]
    assert [row["coverage_date"] for row in gap] == [sample.GAP.isoformat()]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tone_premium.csv", "tone_premium"),
        ("tone_premium.csv", "tone_premium_over_peers"),
        ("share_of_voice.csv", "share_of_voice"),
        ("share_of_voice_weeks.csv", "share_of_voice_high"),
        ("message_gap.csv", "log_ratio"),
        ("relations.csv", "balance"),
    ],
)
def test_what_is_suppressed_is_in_no_data_file(edition, name, value):
    rows = rows_of(edition, name)
    hidden = [row for row in rows if row["suppressed_reason"]]
    assert hidden
    assert {row[value] for row in hidden} == {""}
    assert any(row[value] for row in rows if not row["suppressed_reason"])


def test_a_suppressed_value_is_nowhere_in_the_edition(edition):
    # the sample's mart leaves it in the cells of a suppressed host
    for path in edition[0].rglob("*.*"):
        assert "0.9191" not in written(path), path


def test_without_a_list_of_ranks_no_tier_is_in_the_data(tmp_path):
    rows = [
        sample.changed("reach", row, suppressed_reason="no_rank_list", rank_list_id=None)
        for row in sample.rows()["reach"]
    ]
    render_edition(sample.facts(reach=rows), sample.request(), tmp_path)
    edition = (tmp_path, {})
    assert {row["best_tier"] for row in rows_of(edition, "stories.csv")} == {""}
    assert "no list of ranks is loaded" in read(edition, "en/index.html")


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "its share of voice rose in 1 of 5 host countries (Japan)",
                "colder than about its peers in the press of Japan (translated) and warmer in the press of",
                "published 40 stories about Vietnam in the week of 6 to 12 July 2026.</p>",
                "188 documents: each story was published 4.70 times on average",
                "In 1 of 5 host countries the press gave Vietnam clearly more than an equal share",
                "(Japan); in 1 clearly less (Germany); in 3 there is no clear difference.",
                "Laos, not enough outlets (n = 2, 3 are needed)",
                "Vietnam’s own media tell more of tourism than foreign media carry",
                "In the English-language press of the United Kingdom, tourism did not travel.",
                "balance 0.00, above 1 of the 51 weeks before",
                "since 10 September 2023 (date not checked)",
                "since 1 May 2008<",
                "not enough outlets (n = 7, 8 are needed)",
            ],
        ),
        (
            "vi",
            [
                "tỷ trọng tiếng nói tăng tại 1 trong 5 nước (Nhật Bản)",
                "trên báo chí Nhật Bản (dịch máy), sắc thái lạnh hơn so với khi viết về các nước cùng nhóm",
                "trên báo chí Pháp (tiếng Anh) thì ấm hơn",
                "đăng 40 tin về Việt Nam trong tuần 06/07 – 12/07/2026.</p>",
                "Báo chí tại 1/5 nước dành cho Việt Nam mức chú ý cao hơn rõ rệt",
                "tại 1 nước thấp hơn rõ rệt mức đó (Đức)",
                "Lào, không đủ cơ quan báo chí (n = 2, cần ít nhất 3)",
                "Báo đối ngoại của Việt Nam viết nhiều hơn báo nước ngoài về du lịch",
                "Trên báo tiếng Anh ở Vương quốc Anh, du lịch chưa lan tỏa.",
                "cán cân 0,00, cao hơn 1 trong 51 tuần trước đó",
                "từ 10/09/2023 (ngày chưa được kiểm chứng)",
            ],
        ),
    ],
)
def test_both_languages_say_the_findings(edition, language, sentences):
    page = without_marks(read(edition, f"{language}/index.html"))
    for sentence in sentences:
        assert sentence in page, sentence


def test_pillars_and_regions_have_names(edition):
    with (REPOSITORY / "dbt_project/seeds/pillars.csv").open(encoding="utf-8", newline="") as file:
        pillars = {row["pillar"]: row for row in csv.DictReader(file)}
    for language in LANGUAGES:
        names = {
            key.removeprefix("pillar_"): name
            for key, name in TEXTS[language].LABELS.items()
            if key.startswith("pillar_")
        }
        assert names == {key: row[f"pillar_name_{language}"] for key, row in pillars.items()}
    with (REPOSITORY / "dbt_project/seeds/countries.csv").open(encoding="utf-8") as file:
        regions = {row["region_name_en"] for row in csv.DictReader(file)}
    assert set(VIETNAMESE_REGIONS) == regions
    assert "Đông Nam Á (gộp)" in read(edition, "vi/index.html")


def test_no_data_file_gives_tone_by_outlet(edition):
    paths = list((edition[0] / "data").glob("*.csv"))
    assert len(paths) > 30
    for path in paths:
        header = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        by_outlet = any("outlet_domain" in name or "outlet_family" in name for name in header)
        assert not (by_outlet and any("tone" in name for name in header)), path


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  @x", "'  @x"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("-", "'-"),
        ("Hanoi", "Hanoi"),
        (-1.5, "-1.5"),
        (None, ""),
        (float("nan"), ""),
        (True, "true"),
        (7, "7"),
    ],
)
def test_cells(value, written):
    assert cell(value) == written


def test_it_writes_only_into_an_empty_folder(tmp_path):
    (tmp_path / "left.txt").write_text("x")
    with pytest.raises(FileExistsError, match="empty folder"):
        render_edition(sample.facts(), sample.request(), tmp_path)


def test_facts_of_another_period_are_refused(tmp_path):
    with pytest.raises(ValueError, match="facts are of"):
        render_edition(sample.facts(), sample.request(focus_iso3="THA"), tmp_path)


def test_requests_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="ends after"):
        sample.request(period_end=sample.START)
    with pytest.raises(ValueError, match="time zone"):
        sample.request(as_of_at=sample.request().as_of_at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="id is letters"):
        sample.request(edition_id="../etc")
    assert isinstance(sample.request(), EditionRequest)


def test_the_charts_are_valid_vega_lite():
    # The page draws without this check, because it costs more than the drawing.
    page = Page(make_brief(sample.facts(), sample.request()), "en")
    assert len(draw_charts(page, page_labels(page))) == 21


def test_numbers_follow_the_language():
    english, vietnamese = Numbers("en"), Numbers("vi")
    assert (english.decimal(1234.5, 1), vietnamese.decimal(1234.5, 1)) == ("1,234.5", "1.234,5")
    assert vietnamese.day(sample.END) == "13/07/2026"
    assert english.percent(0.9999) == "99%"
    assert english.percent(0.00001, 2) == "0.01%"
    assert english.percent(1.0) == "100%"
    assert english.signed(-0.001) == "0.00"
    assert english.signed(-0.5) == "\u22120.50"
    assert english.count(None) == "–"
    assert vietnamese.language_name("jpn") == "Tiếng Nhật"
    assert vietnamese.language_name("q!") == "q!"


def test_plain_text_and_addresses():
    assert plain_text("a\x00b\u202ec\n d") == "a b c d"
    assert plain_text("x" * 300, 10) == "x" * 9 + "…"
    assert plain_text(None) == ""
    assert web_address("https://a.example/?q=1") == "https://a.example/?q=1"
    assert web_address("javascript:alert(1)") is None
    assert web_address('http://a.example/" onclick="x') is None
    assert web_address(None) is None


def test_nice_ticks_are_round_and_inside():
    assert nice_ticks(-2.2, 2.2, 4) == [-2, -1, 0, 1, 2]
    assert nice_ticks(0, 46, 4) == [0, 20, 40]
    assert nice_ticks(0, 40, 4) == [0, 10, 20, 30, 40]
