"""The seeds of coverage: names of countries, pillars and themes, partnership tiers."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from hand_made_days import DbtWarehouse

from tiengvang.settings import REPOSITORY
from tiengvang.stories.country_names import CountryNames, fold, read_aliases

SEEDS = REPOSITORY / "dbt_project" / "seeds"
WATCHED = {"VNM": "VN", "THA": "TH", "IDN": "ID", "MYS": "MY", "PHL": "PH", "SGP": "SG"}
# GDELT's three letters, and the locales of the Unicode data that write the language.
LOCALES = {
    "afr": "af", "ara": "ar", "aze": "az", "bel": "be", "ben": "bn", "bos": "bs", "bul": "bg",
    "cat": "ca", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "est": "et",
    "eus": "eu", "fas": "fa", "fin": "fi", "fra": "fr", "glg": "gl", "guj": "gu", "heb": "he",
    "hin": "hi", "hrv": "hr", "hun": "hu", "hye": "hy", "ind": "id", "isl": "is", "ita": "it",
    "jpn": "ja", "kan": "kn", "kat": "ka", "kaz": "kk", "khm": "km", "kor": "ko", "lao": "lo",
    "lav": "lv", "lit": "lt", "mal": "ml", "mar": "mr", "mkd": "mk", "mon": "mn", "msa": "ms",
    "mya": "my", "nep": "ne", "nld": "nl", "nor": "nb nn", "pan": "pa", "pol": "pl",
    "por": "pt pt_PT", "ron": "ro", "rus": "ru", "sin": "si", "slk": "sk", "slv": "sl", "spa": "es",
    "sqi": "sq", "srp": "sr sr_Latn", "swa": "sw", "swe": "sv", "tam": "ta", "tel": "te",
    "tgl": "fil", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "uzb": "uz", "vie": "vi",
    "zho": "zh zh_Hant",
}  # fmt: skip

LEFT_OUT = (
    "TAX_FNCACT", "TAX_ETHNICITY", "TAX_WORLD", "TAX_FOODSTAPLES", "TAX_RELIGION", "TAX_DISEASE",
    "TAX_TERROR_GROUP", "SOC_POINTSOFINTEREST", "ECON_WORLDCURRENCIES", "NATURAL_DISASTER_",
    "TAX_WEAPONS_", "TAX_MILITARY_TITLE_", "TAX_POLITICAL_PARTY_", "TAX_AIDGROUPS_", "WB_895_",
    "WB_507_", "WB_1699_", "WB_2024_", "WB_832_", "WB_2048_", "WB_723_", "WB_694_", "WB_678_",
    "WB_133_", "LEADER", "DELAY", "AFFECT", "MEDIA_MSM",
)  # fmt: skip


def seed(name: str) -> list[dict[str, str]]:
    text = (SEEDS / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows
    return rows


THEMES = {row["theme_code"]: row["pillar"] for row in seed("theme_map")}


@pytest.fixture(scope="module")
def names() -> CountryNames:
    return CountryNames(read_aliases(SEEDS / "country_aliases.csv"))


def test_every_watched_country_has_names_in_every_language() -> None:
    languages = {row["language_code_iso639_3"] for row in seed("country_aliases")}
    assert languages == {"mul", *LOCALES}
    assert {row["country_code_iso3"] for row in seed("country_aliases")} == set(WATCHED)


@pytest.mark.parametrize("language", LOCALES)
def test_the_names_of_the_unicode_data_are_found(names: CountryNames, language: str) -> None:
    for locale in LOCALES[language].split():
        territories = Locale.parse(locale).territories
        found = {
            iso3: names.named_in(territories[iso2], language) for iso3, iso2 in WATCHED.items()
        }
        expected = {iso3: [iso3] for iso3 in WATCHED}
        if language == "jpn":
            assert territories["TH"] == "タイ"
            expected["THA"] = []  # alone it is part of too many words
        assert found == expected


def test_aliases_are_written_as_they_are_looked_for() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for row in seed("country_aliases"):
        alias, language = row["alias"], row["language_code_iso639_3"]
        assert alias == unicodedata.normalize("NFC", alias).strip(), alias
        assert len(fold(alias)) >= 2 or language in ("zho", "tha", "lao"), alias
        assert row["is_exclusion"] in ("true", "false")
        assert row["note"] or row["is_exclusion"] == "false", f"{alias}: excluded without a reason"
        seen[fold(alias), language] += 1
    assert seen.most_common(1)[0][1] == 1, "two rows say the same, or one name is of two countries"


def test_no_name_of_one_character_stands_for_a_country() -> None:
    han = [
        row["alias"] for row in seed("country_aliases") if row["language_code_iso639_3"] == "zho"
    ]
    assert "越南" in han
    assert not {"越", "泰", "印", "马", "馬", "菲", "新", "大马", "大馬"} & set(han)


def test_every_exclusion_touches_a_name() -> None:
    aliases = read_aliases(SEEDS / "country_aliases.csv")
    excluded = [alias for alias in aliases if alias.is_exclusion]
    assert len(excluded) > 500
    for exclusion in excluded:
        language = exclusion.language_code_iso639_3
        own = {
            alias.text
            for alias in aliases
            if not alias.is_exclusion
            and alias.country_code_iso3 == exclusion.country_code_iso3
            and (language == "mul" or alias.language_code_iso639_3 in ("mul", language))
        }
        # within it, or begun by its last letters: ネクタイ and タイの
        touched = any(
            name in exclusion.text
            or any(exclusion.text.endswith(name[:n]) for n in range(2, len(name)))
            for name in own
        )
        assert touched, f"{exclusion.text}: excludes nothing"


HEADLINES = [
    ("eng", "Vietnam's economy grows 7% as exports rebound", ["VNM"]),
    ("eng", "Vietnamese coffee exporters eye Thai market", ["THA", "VNM"]),
    ("eng", "Vietnam War veterans gather in Ohio", []),
    ("eng", "Fifty years after the Vietnam War, Vietnam looks ahead", ["VNM"]),
    ("eng", "Vietnam-era helicopter restored", []),
    ("eng", "Vietnamese-American candidate leads in Orange County", []),
    ("eng", "Carrier sails through Philippine Sea", []),
    ("eng", "Filipino sailors freed; Philippines thanks Malaysia", ["MYS", "PHL"]),
    ("eng", "Muay Thai gym opens in Leeds", []),
    ("eng", "How to mix a Singapore Sling", []),
    ("eng", "SINGAPORE: rents fall, Indonesians buy", ["IDN", "SGP"]),
    ("eng", "Thailandia is no English name", []),
    ("fra", "Le Viêt Nam et la Thaïlande signent un accord", ["THA", "VNM"]),
    ("fra", "Un vétéran de la guerre du Vietnam raconte", []),
    ("fra", "Philippine, étudiante, retrouvée", []),
    ("deu", "Vietnamesische Regierung empfängt Thailänder", ["THA", "VNM"]),
    ("deu", "Vietnamkrieg: Museum zeigt Fotos", []),
    ("deu", "Der Vietnam-Krieg im Film", []),
    ("spa", "Filipinas y Malasia refuerzan lazos con Singapur", ["MYS", "PHL", "SGP"]),
    ("spa", "Veteranos de la guerra de Vietnam", []),
    ("por", "Vietnã supera Brasil na exportação de café", ["VNM"]),
    ("ita", "Filippine, tifone; la Malesia invia aiuti", ["MYS", "PHL"]),
    ("nld", "Indonesië en Maleisië eens over palmolie", ["IDN", "MYS"]),
    ("pol", "Wietnamie, Tajlandii i Filipinach", ["PHL", "THA", "VNM"]),
    ("pol", "Weteran wojny w Wietnamie wspomina", []),
    ("pol", "Wietnamska gospodarka rośnie", ["VNM"]),
    ("ces", "Cesta do Vietnamu a na Filipíny", ["PHL", "VNM"]),
    ("ces", "Válka ve Vietnamu ve filmu", []),
    ("hun", "Vietnámban járt a miniszter", ["VNM"]),
    ("hun", "A vietnami háború képei", []),
    ("ron", "Acord între Vietnam și Filipine", ["PHL", "VNM"]),
    ("rus", "Во Вьетнаме и Таиланде ждут туристов", ["THA", "VNM"]),
    ("rus", "Ветераны войны во Вьетнаме", []),
    ("rus", "Сингапурские власти и филиппинцы", ["PHL", "SGP"]),
    ("ukr", "У В’єтнамі та Індонезії", ["IDN", "VNM"]),
    ("ukr", "Вʼєтнамська компанія", ["VNM"]),
    ("bul", "Виетнамската икономика расте", ["VNM"]),
    ("srp", "Вијетнаму и Индонезији", ["IDN", "VNM"]),
    ("hrv", "Rat u Vijetnamu na fotografijama", []),
    ("ell", "ΒΙΕΤΝΑΜ: νέα συμφωνία με τη Σιγκαπούρη", ["SGP", "VNM"]),
    ("tur", "Vietnam'da sel, Filipinler'de tayfun", ["PHL", "VNM"]),
    ("tur", "Vietnam Savaşı filmi vizyonda", []),
    ("fin", "Vietnamissa ja Thaimaassa tulvia", ["THA", "VNM"]),
    ("fin", "Vietnamin sota elokuvissa", []),
    ("fin", "Kahvia tai teetä", []),
    ("est", "Vietnami ja Indoneesia", ["IDN", "VNM"]),
    ("lit", "Vietname ir Tailande", ["THA", "VNM"]),
    ("ara", "الرئيس يزور فيتنام ويلتقي نظيره الفلبيني", ["PHL", "VNM"]),
    ("ara", "فيلم عن حرب فيتنام", []),
    ("fas", "سفر وزیر خارجه به ویتنام و مالزی", ["MYS", "VNM"]),
    ("heb", "ביקור בוייטנאם ובתאילנד", ["THA", "VNM"]),
    ("heb", "טיול בתאילנד", ["THA"]),
    ("hin", "वियतनाम और इंडोनेशिया के बीच समझौता", ["IDN", "VNM"]),
    ("hin", "वियतनाम युद्ध की कहानी", []),
    ("ben", "ভিয়েতনামের রপ্তানি বেড়েছে", ["VNM"]),
    ("tam", "சிங்கப்பூரில் புதிய சட்டம், மலேசியாவின் கவலை", ["MYS", "SGP"]),
    ("zho", "越南总理访问马来西亚", ["MYS", "VNM"]),
    ("zho", "房价超越南京和杭州", []),
    ("zho", "越南战争五十周年", []),
    ("zho", "國泰國際航線復航", []),
    ("zho", "泰国与印尼签署协议", ["IDN", "THA"]),
    ("zho", "菲律賓海溝發生地震", []),
    ("jpn", "フィリピン海軍が合同演習", ["PHL"]),
    ("zho", "美推投资换关税救铝业 | 财经 | 東方網 馬來西亞東方日報", []),
    ("ind", "Presiden tiba di Hanoi - CNN Indonesia", []),
    ("jpn", "ベトナム首相、タイを訪問へ", ["THA", "VNM"]),
    ("jpn", "ベトナム戦争の記憶", []),
    ("jpn", "新しいタイトルのネクタイを発売", []),
    ("jpn", "大谷が日本記録タイの20号", []),
    ("jpn", "フィリピン海プレートの動き", []),
    ("kor", "베트남에서 한국 기업 투자 확대", ["VNM"]),
    ("kor", "베트남전 참전용사 기념식", []),
    ("kor", "해양생태국 신설", []),
    ("tha", "นายกฯเวียดนามเยือนไทย", ["THA", "VNM"]),
    ("vie", "Thái Lan và Philippines ký thỏa thuận", ["PHL", "THA"]),
    ("vie", "Ký ức chiến tranh Việt Nam của một nhà báo", []),
    ("ind", "Filipina dan Singapura kunjungi Vietnam", ["PHL", "SGP", "VNM"]),
    ("mya", "ထိုင်းနိုင်ငံ၌ မလေးရှား ဝန်ကြီးချုပ်", ["MYS", "THA"]),
    ("khm", "វៀតណាមនិងថៃ", ["THA", "VNM"]),
    ("xxx", "Vietnam", ["VNM"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "countries"), HEADLINES)
def test_headlines_name_the_countries_that_a_reader_sees(
    names: CountryNames, language: str, title: str, countries: list[str]
) -> None:
    assert names.named_in(title, language) == countries


def test_pillars_are_the_eight_of_the_map() -> None:
    pillars = [row["pillar"] for row in seed("pillars")]
    assert sorted(pillars) == [
        "culture", "economy", "environment", "governance", "science_digital", "security", "society",
        "tourism",
    ]  # fmt: skip
    assert set(THEMES.values()) == set(pillars)
    assert len(THEMES) == len(seed("theme_map")) >= 280


def test_codes_are_matched_whole() -> None:
    assert THEMES["PROTEST"] == "governance"
    assert "TAX_RELIGION_PROTESTANT" not in THEMES
    assert all(re.fullmatch(r"[A-Z0-9_]+", code) for code in THEMES)
    assert not [code for code in THEMES if code.startswith(LEFT_OUT)]


def genuine_documents(real_data: Path) -> Iterator[list[str]]:
    """The theme codes of every genuine GKG row, as the product reads them."""
    for path in sorted((real_data / "gdelt" / "slots").glob("*.gkg.csv.zip")):
        with zipfile.ZipFile(path) as archive:
            yield from themes(archive.read(archive.namelist()[0]))
    for path in sorted((real_data / "gdelt" / "samples").glob("gkg-*.csv")):
        yield from themes(path.read_bytes())


def themes(content: bytes) -> Iterator[list[str]]:
    for line in content.split(b"\n"):
        fields = line.split(b"\t")
        if len(fields) == 27:
            codes = {code for code in fields[7].split(b";") if code}
            codes |= {code.rpartition(b",")[0] for code in fields[8].split(b";") if code}
            yield [code.decode() for code in codes]


@pytest.mark.real_data
def test_every_mapped_code_occurs_and_most_documents_have_one(real_data: Path) -> None:
    documents = list(genuine_documents(real_data))
    assert len(documents) > 700
    seen = Counter(code for codes in documents for code in codes)
    assert set(THEMES) <= set(seen)
    too_common = {code for code in THEMES if seen[code] > len(documents) / 4}
    assert not too_common
    mapped = sum(any(code in THEMES for code in codes) for codes in documents)
    assert 0.8 < mapped / len(documents) < 0.95
    heads = [code for code in THEMES if f"{code}_" in LEFT_OUT]
    assert len(heads) == 5
    for head in heads:
        having = [codes for codes in documents if any(c.startswith(f"{head}_") for c in codes)]
        assert having
        assert all(head in codes for codes in having), head


def test_unverified_dates_say_so() -> None:
    tiers = seed("partnership_tiers")
    assert {row["country_code_iso3"] for row in tiers} == {"VNM"}
    for row in tiers:
        known = row["valid_from_precision"] != "unknown"
        assert known == bool(row["valid_from"])
        assert known or row["is_checked"] == "false"
        if row["valid_from_precision"] == "month":
            assert date.fromisoformat(row["valid_from"]).day == 1
        assert row["evidence"].startswith("Date as reported, not checked") == (
            known and row["is_checked"] == "false"
        )


@pytest.mark.real_data
def test_tiers_agree_with_the_collected_facts(real_data: Path) -> None:
    with (real_data / "codes" / "vn_partnership_tiers.csv").open(encoding="utf-8") as handle:
        facts = {row["iso3"]: row for row in csv.DictReader(handle) if row["iso3"]}
    ours = {row["partner_country_code_iso3"]: row for row in seed("partnership_tiers")}
    assert set(ours) == set(facts)
    for partner, fact in facts.items():
        row = ours[partner]
        assert (row["tier"], row["is_checked"]) == (fact["tier"], fact["is_checked"])
        assert row["valid_from"].startswith(fact["since"])


def test_the_seeds_are_tables_with_their_types(hand_made: DbtWarehouse) -> None:
    for name in ("country_aliases", "pillars", "theme_map", "partnership_tiers"):
        assert hand_made.query(f"select count(*) from seeds.{name}") == [(len(seed(name)),)]
    assert hand_made.query(
        "select pg_typeof(valid_from)::text, pg_typeof(is_checked)::text, valid_from "
        "from seeds.partnership_tiers where partner_country_code_iso3 = 'AUS'"
    ) == [("date", "boolean", date(2024, 3, 7))]
    assert hand_made.query(
        "select count(*) from seeds.country_aliases where is_exclusion and alias = 'Vietnam War'"
    ) == [(1,)]
