"""Slots of real size, generated: lengths of columns and sizes of archives are those of GDELT.

Measured on genuine files: a GKG row of 2026-07-21 has 13 kB, of which GCAM 9 kB, and deflates to a
third; an export row has 410 bytes, a mention 210, and both deflate to about a sixth. In the master
list, slots of 2018 with a GKG archive of 3.3 to 4.7 MB have an export of 66 kB and mentions of
113 kB (medians of 39 slots). Nothing of the files is copied.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tiengvang.windows import SLOT, SlotCalendar, Window, format_instant

ROWS = {"export": 1_500, "mentions": 3_400, "gkg": 951}
NAMES = {"export": "export.CSV", "mentions": "mentions.CSV", "gkg": "gkg.csv"}
WATCHED = ("VM", "TH", "ID", "MY", "RP", "SN")
OTHERS = ("US", "UK", "CH", "FR", "GM", "IN", "JA", "AS", "CA", "BR", "RS", "IS", "SF", "MX", "IT")
ACTORS = ("USA", "GBR", "CHN", "FRA", "DEU", "IND", "JPN", "AUS", "CAN", "BRA", "RUS", "ISR", "")
# Stand-ins that every slot of a mirror replaces by its own.
NOW, BEFORE, MONTH_AGO, NUMBER, OLD_NUMBER = b"@NOW@", b"@BEFORE@", b"@MONTH@", b"@NO@", b"@OLDNO@"


@dataclass(frozen=True, slots=True)
class Template:
    """The three texts of one slot, with stand-ins for its time and its number."""

    texts: dict[str, bytes]

    def slot(self, number: int, at: datetime) -> dict[str, bytes]:
        """Return the texts of slot ``number`` (1 to 9998) by table."""
        swaps = {
            NOW: _stamp(at),
            BEFORE: _stamp(at - SLOT),
            MONTH_AGO: _stamp(at - timedelta(days=30)),
            NUMBER: b"%04d" % number,
            OLD_NUMBER: b"%04d" % (number - 1),
        }
        found = {}
        for table, text in self.texts.items():
            for stand_in, value in swaps.items():
                text = text.replace(stand_in, value)
            found[table] = text
        return found


def template(seed: int = 1, share: float = 1.0) -> Template:
    """Generate a slot with ``share`` of the rows of a real one."""
    dice = random.Random(seed)
    words = _Words(dice)
    makers = {"export": _event, "mentions": _mention, "gkg": _document}
    texts = {}
    for table, make in makers.items():
        rows = (make(number, words, dice) for number in range(int(ROWS[table] * share)))
        texts[table] = "".join("\t".join(row) + "\n" for row in rows).encode()
    return Template(texts)


def pack(text: bytes, name: str, level: int = 6) -> bytes:
    """Return a zip of one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


def write_mirror(
    folder: Path, made: Template, start: datetime, slots: int, level: int = 6
) -> Window:
    """Write consecutive slots of the English stream and the folder's ``world.json``.

    Returns:
        the window of all slots.
    """
    folder.mkdir(parents=True)
    window = Window(start, start + slots * SLOT)
    for number, at in enumerate(window.slots(), start=1):
        for table, text in made.slot(number, at).items():
            name = f"{_stamp(at).decode()}.{NAMES[table]}"
            (folder / f"{name}.zip").write_bytes(pack(text, name, level))
    world = {
        "world_name": "sample-benchmark",
        "is_synthetic": True,
        "as_of": format_instant(window.end),
        "calendar": SlotCalendar({"english": (window,)}).as_json(),
        "outlets": [],
    }
    (folder / "world.json").write_text(json.dumps(world), encoding="utf-8")
    return window


def _stamp(at: datetime) -> bytes:
    return at.strftime("%Y%m%d%H%M%S").encode()


class _Words:
    """Vocabularies, drawn from with a few common and many rare entries."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self.words = [self._word(2, 9) for _ in range(6_000)]
        self.themes = [self._word(8, 34).upper() for _ in range(1_500)]
        self.outlets = [f"{self._word(4, 14)}.example" for _ in range(1_200)]
        self.pages = [(name, self.address(name)) for name in self.common(self.outlets, 900)]
        self.gcam = [
            f"{kind}.{n}" for kind in ("c12", "c14", "c15", "c18", "v10") for n in range(300)
        ]
        self.gcam += [
            f"{kind}.{n}" for kind in ("c2", "c5", "c16", "c25", "v42") for n in range(90)
        ]

    def _word(self, shortest: int, longest: int) -> str:
        size = self._dice.randint(shortest, longest)
        return "".join(self._dice.choices("etaoinshrdlucmfwypvbgkjqxz_", range(27, 0, -1), k=size))

    def common(self, entries: list[str], count: int) -> list[str]:
        """Return entries, the first ones more often."""
        return [entries[int(len(entries) * self._dice.random() ** 3)] for _ in range(count)]

    def sentence(self, count: int) -> str:
        """Return words."""
        return " ".join(self.common(self.words, count))

    def address(self, outlet: str) -> str:
        """Return the address of a page."""
        slug = "-".join(self.common(self.words, 9))
        return f"https://www.{outlet}/{slug}-{self._dice.randint(10_000, 9_999_999)}"


def _place_country(dice: random.Random, watched: float) -> str:
    return dice.choice(WATCHED if dice.random() < watched else OTHERS)


def _decimal(dice: random.Random) -> str:
    return f"{dice.gauss(-1, 4):.14f}"


def _gcam(words: _Words, dice: random.Random) -> str:
    entries = [f"wc:{dice.randint(80, 1500)}"]
    for key in words.gcam:
        if dice.random() < 0.43:
            figure = f"{dice.random() * 9:.3f}" if key[0] == "v" else str(int(1 / dice.random()))
            entries.append(f"{key}:{figure}")
    return ",".join(entries)


def _places(dice: random.Random) -> tuple[str, str]:
    short, long = [], []
    home = _place_country(dice, 0.02)
    for _ in range(dice.choice((0, 1, 2, 3, 5, 8, 13))):
        country = home if dice.random() < 0.7 else _place_country(dice, 0.02)
        kind, adm = dice.choice((("1", ""), ("4", f"{dice.randint(1, 60):02}")))
        name = f"Place {dice.randint(1, 400)}, Country {country}"
        spot = f"{dice.uniform(-60, 60):.4f}#{dice.uniform(-180, 180):.4f}#{dice.randint(1, 10**6)}"
        short.append(f"{kind}#{name}#{country}#{country}{adm}#{spot}")
        long.append(f"{kind}#{name}#{country}#{country}{adm}##{spot}#{dice.randint(1, 9_000)}")
    return ";".join(short), ";".join(long)


def _document(number: int, words: _Words, dice: random.Random) -> list[str]:
    outlet = words.common(words.outlets, 1)[0]
    themes = words.common(words.themes, dice.randint(5, 55))
    short, long = _places(dice)
    positive, negative = abs(dice.gauss(2, 1)), abs(dice.gauss(3, 2))
    tone = (positive - negative, positive, negative, positive + negative, 20 * dice.random(), 1.5)
    count = dice.randint(60, 1_500)
    title = words.sentence(11).replace("_", " ")
    row = [""] * 27
    row[0], row[1], row[2] = f"@NOW@-{number}", "@NOW@", "1"
    row[3], row[4] = outlet, words.address(outlet)
    row[7] = ";".join(themes) + ";"
    row[8] = ";".join(f"{t},{dice.randint(1, 9_000)}" for t in themes * 2) + ";"
    row[9], row[10] = short, long
    row[11] = row[12] = row[13] = row[14] = words.sentence(9)
    row[15] = ",".join(f"{value:.14f}" for value in tone) + f",{count}"
    row[17], row[18] = _gcam(words, dice), words.address(outlet)
    row[23], row[24] = words.sentence(40), words.sentence(14)
    row[26] = f"<PAGE_LINKS>{words.address(outlet)}</PAGE_LINKS><PAGE_TITLE>{title}</PAGE_TITLE>"
    return row


def _event(number: int, words: _Words, dice: random.Random) -> list[str]:
    country = _place_country(dice, 0.06)
    code = f"{dice.randint(1, 20):02}{dice.randint(0, 5)}"
    place = ["1", f"Country {country}", country, country, "", "16", "107.5", country]
    row = [""] * 61
    row[0], row[1] = f"1@NO@{number:05}", "20260721"
    row[2], row[3], row[4] = "202607", "2026", "2026.5507"
    row[5] = row[7] = row[6] = dice.choice(ACTORS)
    row[15] = row[17] = row[16] = dice.choice(ACTORS)
    row[25], row[26], row[27], row[28] = dice.choice("01"), code, code, code[:2]
    row[29], row[30] = dice.choice("1234"), f"{dice.uniform(-10, 10):.1f}"
    row[31], row[32], row[33], row[34] = "10", "1", "10", _decimal(dice)
    row[35:43] = row[43:51] = row[51:59] = place
    row[59], row[60] = "@NOW@", words.pages[number * 400 // ROWS["export"]][1]
    return row


def _mention(number: int, words: _Words, dice: random.Random) -> list[str]:
    # Half point into their own slot, a third into the one before, the rest weeks back.
    event = number * ROWS["export"] // ROWS["mentions"]
    where = dice.choices(
        (("@NO@", "@NOW@"), ("@OLDNO@", "@BEFORE@"), ("9999", "@MONTH@")), (5, 3, 2)
    )
    slot, seen = where[0]
    outlet, address = words.pages[number // 6 * 37 % len(words.pages)]
    offsets = [str(dice.randint(1, 5_000)) for _ in range(3)]
    return [
        *(f"1{slot}{event:05}", seen, "@NOW@", "1", outlet, address),
        *(str(dice.randint(1, 30)), *offsets, dice.choice("01"), dice.choice(("30", "60", "100"))),
        *(str(dice.randint(500, 9_000)), f"{dice.gauss(-1, 4):.4f}", "", ""),
    ]
