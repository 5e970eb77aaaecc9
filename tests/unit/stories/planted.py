"""Planted headlines: originals, the copies that newsrooms make of them, and look-alikes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tiengvang.stories.similarity import Row
from tiengvang.stories.site_names import strip_site_name
from tiengvang.stories.titles import clean_title, count_words, normalise
from tiengvang.stories.urls import canonical_url

COPY_KINDS = ("exact", "site_suffix", "one_word_edit", "shortened")
START = 1_780_272_000  # 2026-06-01 00:00 UTC
SLOT = 900

# In so many originals one part of an earlier headline was exchanged: nearly alike, and no copies.
LOOK_ALIKE_SHARE = 0.05

# By language: joiner, subjects, verbs, objects, circumstances, places. Combined freely, so that unrelated
# headlines share many of their words.
_PARTS: dict[str, tuple[str, *tuple[list[str], ...]]] = {
    "eng": (
        " ",
        ["Vietnam", "Thai exporters", "Indonesian ministers", "Manila", "Singapore's central bank",
         "Malaysian police", "Hanoi officials", "A Japanese carmaker", "Danang port workers"],
        ["welcome", "reject", "delay", "sign", "question", "review", "celebrate", "scrap"],
        ["a new rice export quota", "plans for a coastal railway", "the draft data law",
         "a record coffee harvest", "talks on fishing rights", "cuts in fuel duty",
         "the bridge over the Red River", "an airport expansion", "stricter visa rules"],
        ["after months of debate", "as floods recede in the delta", "ahead of the party congress",
         "despite warnings from lenders", "while tourists return to beaches",
         "in a surprise late night vote", "following pressure from farmers"],
        ["in Can Tho", "in Chiang Mai", "on Java", "in Cebu",
         "near Penang", "in Hue", "in Vientiane", "on Phu Quoc",
         "in Osaka", "in Busan", "in Hai Phong", "in Da Lat"],
    ),
    "vie": (
        " ",
        ["Việt Nam", "Doanh nghiệp Thái Lan", "Bộ Công Thương", "Người dân miền Trung",
         "Hãng xe Nhật Bản", "Ngân hàng Nhà nước", "Du khách quốc tế", "Nông dân Tây Nguyên"],
        ["hoan nghênh", "phản đối", "hoãn", "ký kết", "xem xét", "đề xuất", "công bố"],
        ["hạn ngạch xuất khẩu gạo mới", "kế hoạch đường sắt ven biển", "dự thảo luật dữ liệu",
         "vụ cà phê kỷ lục", "đàm phán về nghề cá", "giảm thuế nhiên liệu", "mở rộng sân bay"],
        ["sau nhiều tháng tranh luận", "khi lũ rút ở đồng bằng", "trước thềm đại hội",
         "bất chấp cảnh báo của ngân hàng", "trong lúc du khách trở lại các bãi biển"],
        ["ở Cần Thơ", "ở Huế", "tại Hải Phòng", "ở Đà Lạt",
         "tại Phú Quốc", "ở Quảng Ninh", "tại Nghệ An", "ở Cà Mau",
         "tại Bình Dương", "ở Lào Cai", "tại Vũng Tàu", "ở Sóc Trăng"],
    ),
    "zho": (
        "",
        ["越南", "泰国出口商", "印尼部长", "马尼拉市政府", "新加坡央行", "马来西亚警方", "河内官员"],
        ["欢迎", "拒绝", "推迟", "签署", "质疑", "审查", "取消"],
        ["新的大米出口配额方案", "沿海铁路建设计划", "数据法草案", "创纪录的咖啡丰收报告",
         "渔业权谈判结果", "燃油税减免措施", "红河大桥工程", "机场扩建项目"],
        ["此前争论持续数月", "三角洲洪水正在退去", "党代会即将召开之际", "尽管银行发出警告",
         "海滩游客陆续回归"],
        ["芹苴市", "清迈府", "爪哇岛", "宿务市", "槟城州",
         "顺化市", "万象市", "富国岛", "大阪市",
         "釜山市", "海防市", "大叻市"],
    ),
    "tha": (
        "",
        ["เวียดนาม", "ผู้ส่งออกไทย", "รัฐมนตรีอินโดนีเซีย", "กรุงมะนิลา", "ธนาคารกลางสิงคโปร์",
         "ตำรวจมาเลเซีย", "เจ้าหน้าที่ฮานอย"],
        ["ยินดีต้อนรับ", "ปฏิเสธ", "เลื่อน", "ลงนาม", "ตั้งคำถามต่อ", "ทบทวน"],
        ["โควตาส่งออกข้าวใหม่",
         "แผนรถไฟเลียบชายฝั่ง",
         "ร่างกฎหมายข้อมูล", "ผลผลิตกาแฟเป็นประวัติการณ์",
         "การเจรจาสิทธิประมง", "การลดภาษีน้ำมัน", "โครงการขยายสนามบิน"],
        ["หลังถกเถียงกันหลายเดือน", "ขณะน้ำท่วมเริ่มลดลง", "ก่อนการประชุมใหญ่ของพรรค",
         "แม้ธนาคารออกมาเตือน", "ท่ามกลางนักท่องเที่ยวที่กลับมา"],
        ["ที่เกิ่นเทอ", "ที่เชียงใหม่", "บนเกาะชวา", "ที่เซบู",
         "ใกล้ปีนัง", "ที่เมืองเว้", "ที่เวียงจันทน์", "บนเกาะฟูก๊วก",
         "ที่โอซากา", "ที่ปูซาน", "ที่ไฮฟอง", "ที่ดาลัด"],
    ),
    "deu": (
        " ",
        ["Vietnam", "Thailands Exporteure", "Indonesiens Minister", "Ein Autobauer aus Japan",
         "Singapurs Zentralbank", "Hafenarbeiter in Danang", "Behörden in Hanoi"],
        ["begrüßen", "verschieben", "prüfen", "feiern", "kippen", "bezweifeln"],
        ["die neue Quote für Reisexporte", "den Plan einer Küstenbahn", "das Datengesetz",
         "die Rekordernte beim Kaffee", "die Gespräche über Fischerei", "den Ausbau des Flughafens"],
        ["nach monatelanger Debatte", "während das Hochwasser im Delta sinkt",
         "kurz vor dem Parteitag", "trotz Warnungen der Banken", "auf Druck der Bauern"],
        ["in Can Tho", "in Chiang Mai", "auf Java", "in Cebu",
         "bei Penang", "in Hue", "in Vientiane", "auf Phu Quoc",
         "in Osaka", "in Busan", "in Haiphong", "in Da Lat"],
    ),
}  # fmt: skip
LANGUAGES = tuple(_PARTS)


@dataclass(frozen=True)
class Planted:
    """A row, the story that it was planted for, and how it was copied (None: the original)."""

    row: Row
    story: int
    copy_kind: str | None


def plant(documents: int, days: int, seed: int, copy_share: float = 0.3) -> list[Planted]:
    """Return documents over some days; each story's copies follow within 48 hours."""
    dice = random.Random(seed)
    desks = {language: _Desk(dice, language) for language in LANGUAGES}
    planted: list[Planted] = []
    story = 0
    while len(planted) < documents:
        language = dice.choice(LANGUAGES)
        title = desks[language].write()
        slot = START + SLOT * dice.randrange(days * 96)
        tone = f"t{story}"
        planted.append(_planted(dice, planted, language, title, slot, tone, story, None))
        copies = 0
        while dice.random() < copy_share and copies < 40:
            copies += 1
            kind = dice.choice(COPY_KINDS)
            later = slot + SLOT * dice.randrange(1, 192)
            text = _copied(dice, language, title, kind)
            planted.append(_planted(dice, planted, language, text, later, tone, story, kind))
        story += 1
    return planted


class _Desk:
    """Writes the headlines of one language; a share of them are look-alikes of an earlier one."""

    def __init__(self, dice: random.Random, language: str) -> None:
        self.dice = dice
        self.joiner, *self.parts = _PARTS[language]
        self.written: dict[tuple[str, ...], list[str]] = {}
        self.titles: set[str] = set()

    def write(self) -> str:
        """Return a headline that was not there before."""
        while True:
            words = [self.dice.choice(part) for part in self.parts]
            if self.written and self.dice.random() < LOOK_ALIKE_SHARE:
                words = list(self.dice.choice(list(self.written.values())[-50:]))
                place = self.dice.randrange(len(words))
                words[place] = self.dice.choice(self.parts[place])
            elif tuple(words[:-1]) in self.written and self.dice.random() < 0.95:
                continue
            title = self.joiner.join(words)
            if title not in self.titles:
                self.titles.add(title)
                self.written[tuple(words[:-1])] = words
                return title


def _copied(dice: random.Random, language: str, title: str, kind: str) -> str:
    joiner = _PARTS[language][0]
    parts = title.split(" ") if joiner else list(title)
    if kind == "shortened":
        return joiner.join(parts[: -(len(parts) // 3)])
    if kind == "one_word_edit":
        length = 1 if joiner else 2
        place = dice.randrange(0, len(parts) - length + 1)
        return joiner.join([*parts[:place], "2026", *parts[place + length :]])
    return title


def _planted(
    dice: random.Random,
    planted: list[Planted],
    language: str,
    title: str,
    slot: int,
    tone: str,
    story: int,
    kind: str | None,
) -> Planted:
    outlet = f"outlet{dice.randrange(400)}.example"
    if kind == "site_suffix":
        title = f"{title} {dice.choice('-|–')} {outlet.split('.')[0].title()}"
    clean = clean_title(title) or ""
    key = normalise(strip_site_name(clean, outlet))
    number = len(planted)
    row = Row(
        group=f"VNM|foreign|{language}",
        record_id=f"r{number:07}",
        slot=slot,
        url_key=canonical_url(f"https://www.{outlet}/{number}.html"),
        title_key=key,
        title_word_count=count_words(key),
        tone_key=tone,
    )
    return Planted(row, story, kind)


def pairs_by_story(labels: dict[str, object]) -> Iterator[frozenset[str]]:
    """Yield every pair of record ids with the same label."""
    members: dict[object, list[str]] = {}
    for record_id, label in labels.items():
        members.setdefault(label, []).append(record_id)
    for records in members.values():
        for place, record_id in enumerate(records):
            for other in records[place + 1 :]:
                yield frozenset((record_id, other))
