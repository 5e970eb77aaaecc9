"""Countries that titles name: whole names, language by language."""

from pathlib import Path

import pytest

from tiengvang.errors import SettingsError
from tiengvang.stories.country_names import CountryNames, read_aliases

SEED = """country_code_iso3,language_code_iso639_3,alias,is_exclusion,note
VNM,mul,Vietnam,false,
VNM,eng,Viet Nam,false,
VNM,eng,Vietnam War,true,
VNM,eng,Vietnam-era,true,
VNM,eng,Vietnam's,false,
THA,mul,Thailand,false,
THA,eng,Thai,false,
VNM,zho,越南,false,
VNM,zho,越南战争,true,
VNM,kor,베트남,false,
VNM,kor,베트남전쟁,true,
THA,kor,태국,false,
VNM,rus,Вьетнам,false,
VNM,rus,Вьетнаме,false,
THA,hin,थाई,false,
THA,tha,ไทย,false,
IDN,jpn,インドネシア,false,
"""


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> CountryNames:
    path = tmp_path_factory.mktemp("seeds") / "country_aliases.csv"
    path.write_text(SEED, "utf-8")
    return CountryNames(read_aliases(path))


@pytest.mark.parametrize(
    ("title", "language", "found"),
    [
        ("Vietnam and Thailand sign", "eng", ["THA", "VNM"]),
        ("VIET NAM grows", "eng", ["VNM"]),
        ("Vietnam’s exports", "eng", ["VNM"]),
        ("A Vietnam War veteran speaks", "eng", []),
        ("A Vietnam War veteran returns to Vietnam", "eng", ["VNM"]),
        ("A Vietnam-era jet", "eng", []),
        ("Vietnamese food", "eng", []),  # not listed: no whole name
        ("Thais vote", "eng", []),
        ("U.S.-Vietnam trade", "eng", ["VNM"]),
        ("越南咖啡出口增长", "zho", ["VNM"]),
        ("越过南方", "zho", []),
        ("越南战争电影", "zho", []),
        ("Vietnam咖啡出口增长", "zho", ["VNM"]),
        ("베트남의 커피 수출", "kor", ["VNM"]),
        ("베트남전쟁 영화", "kor", []),
        ("형태국 연구", "kor", []),  # the end of another word
        ("Наводнение во Вьетнаме", "rus", ["VNM"]),
        ("Вьетнамец победил", "rus", []),
        ("थाईलैंड", "hin", []),
        ("थाई भोजन", "hin", ["THA"]),
        ("ประเทศไทยส่งออกข้าว", "tha", ["THA"]),
        ("Le Vietnam gagne", "fra", ["VNM"]),
        ("Viet Nam gagne", "fra", []),  # an alias of English only
        ("インドネシアの経済", "jpn", ["IDN"]),
        (None, "eng", []),
    ],
)
def test_named_in(names: CountryNames, title: str | None, language: str, found: list[str]) -> None:
    assert names.named_in(title, language) == found


@pytest.mark.parametrize("row", ["VNM,eng,,false,", "VNM,eng,Vietnam,yes,"])
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "country_aliases.csv"
    path.write_text(SEED.split("\n")[0] + "\n" + row + "\n", "utf-8")
    with pytest.raises(SettingsError, match=r"country_aliases\.csv, line 2"):
        read_aliases(path)
