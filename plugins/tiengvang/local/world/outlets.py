"""The fictional outlets of the sample world, on domains that no one can register."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

# country language type | names; a dash is a country that no list knows; a domain of its own after @
_GROUPS = """
VNM vie domestic|Song Lam Moi, Nhat Bao Cay Da, Tin Ben Nuoc
JPN jpn foreign|Minatogawa Shimpo, Kazehaya Nippo, Asagiri Keizai, Tsukikage Tsushin
JPN jpn foreign|Hoshimi Shimbun, Umibe Jiho, Fujikaze Press, Yamabuki Times, Takane Times
JPN jpn foreign|Ginrei Jiji, Soyokaze Nichinichi, Hamanasu Keizai, Umibe Jiho@umibejiho-news
USA eng foreign|Lakeshore Ledger, Prairie Sentinel, Harbor Point Dispatch, Redwood Monitor
USA eng foreign|Copper Canyon Post, Bayline Business, Twin Rivers Gazette, Summit Wire
USA eng foreign|Juniper Falls Tribune, Cedar Plains Courier, Granite Bay News, Silver Mesa Times
GBR eng foreign|Thornbury Record, Northmoor Mail, Quayside Observer, Ashdown Review
GBR eng foreign|Fenland Telegraph, Marlow Economist Weekly, Kestrel News, Old Mill Chronicle
GBR eng foreign|Larkhill Post, Bramley Advertiser, Stonebridge Herald, Cinder Lane Review
GBR eng foreign|Northmoor Mail@northmoormail-news
KOR kor foreign|Hangaram Ilbo, Saebyeok Sinmun, Byeolbit Gyeongje, Noeul Tongsin, Baram News
KOR kor foreign|Sanmaru Daily, Miru Times, Gaon Media, Dalbit Ilbo, Pureun Sinmun, Haneul Tongsin
DEU deu foreign|Elbtal Kurier, Nordlicht Zeitung, Wirtschaft am Morgen
FRA fra foreign|Le Courrier des Quais, La Gazette du Vallon, Horizons Economie
CHN zho foreign|Qinghe Ribao, Dongfeng Caijing, Yunshan Wanbao, Lanhai Wang
AUS eng foreign|Wattle Bay Herald, Southern Reef Times, Ironbark Business
IND eng foreign|Banyan Express, Monsoon Standard, Deccan Lantern
THA tha foreign|Chao Khao Phraya, Siam Rungrueang, Thai Lom Nuea
IDN ind foreign|Harian Nusa Raya, Kabar Samudra, Warta Melati
MYS eng foreign|Straits Lantern, Bukit Daily, Rimba Business
PHL eng foreign|Sampaguita Star, Visayan Beacon, Luzon Ledger Daily
SGP eng foreign|Merlion Quay Post, Tanjong Times, Island Markets
ESP spa foreign|El Faro del Este
VNM eng domestic|Red River Reporter
VNM eng owned|Lotus Gate International, Lantern Coast Weekly, Song Lam Moi English@en.songlammoi
JPN eng foreign|Minatogawa Shimpo English@en.minatogawashimpo
USA vie same_language_abroad|Bao Que Xa
USA eng aggregator|Headline Harvest
- eng unknown|Global Trade Bulletin Online, Ocean Freight Insider
- zho unknown|Haiwai Kuaixun
"""
# Sites that print what another site of the same newsroom prints.
_MIRRORS = {
    "umibejiho-news.example": "umibejiho.example",
    "northmoormail-news.example": "northmoormail.example",
}
# An edition that no list names: its country follows from the row of the domain above it.
_UNLISTED_EDITIONS = {"en.minatogawashimpo.example"}
# Names of outlets whose pages sometimes show only a subscription notice, which is then scored.
_PAYWALLED = {"Hoshimi Shimbun", "Redwood Monitor", "Ashdown Review", "Byeolbit Gyeongje"}
# Names of outlets that use one vendor's consent page, scored the same everywhere.
_CONSENT_VENDOR = {"Elbtal Kurier", "La Gazette du Vallon", "Ironbark Business", "Banyan Express"}


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. ``country_iso3`` is None and ``is_listed`` False where no list knows it.

    ``notice`` says whose notice its pages sometimes show (``own``, ``vendor``); ``mirror_of`` is the
    domain that it prints again.
    """

    domain: str
    name: str
    country_iso3: str | None
    language: str
    outlet_type: str
    notice: str | None
    mirror_of: str | None
    is_listed: bool

    @property
    def stream(self) -> str:
        """The GDELT stream its pages arrive in."""
        return "english" if self.language == "eng" else "translation"

    def as_row(self) -> dict[str, str]:
        """Return the outlet's row of ``world.json``."""
        return {
            "outlet_domain": self.domain,
            "outlet_name": self.name,
            "country_code_iso3": self.country_iso3 or "",
            "language_code_iso639_3": self.language,
            "outlet_type": self.outlet_type,
        }


def _outlet(country: str, language: str, outlet_type: str, entry: str) -> Outlet:
    name, _, label = entry.partition("@")
    domain = (label or name.lower().replace(" ", "")) + ".example"
    notice = "own" if name in _PAYWALLED else "vendor" if name in _CONSENT_VENDOR else None
    listed = None if country == "-" else country
    return Outlet(
        domain, name, listed, language, outlet_type, notice,
        mirror_of=_MIRRORS.get(domain),
        is_listed=listed is not None and domain not in _UNLISTED_EDITIONS,
    )  # fmt: skip


def _read() -> tuple[tuple[Outlet, ...], int]:
    groups: dict[str, list[Outlet]] = {}
    for line in _GROUPS.strip().split("\n"):
        head, names = line.split("|")
        country, language, outlet_type = head.split(" ")
        made = [_outlet(country, language, outlet_type, entry) for entry in names.split(", ")]
        groups.setdefault(head, []).extend(made)
    rounds = zip_longest(*groups.values())
    return tuple(o for group in rounds for o in group if o is not None), len(groups)


# In rounds over the groups, so that a shorter list still has every kind.
OUTLETS, MINIMUM_OUTLETS = _read()
BY_DOMAIN = {outlet.domain: outlet for outlet in OUTLETS}
# Sites of one newsroom under one name; the others are a family of their own.
OUTLET_FAMILIES = {
    domain: min(pair)
    for pair in ((o.domain, o.mirror_of) for o in OUTLETS if o.mirror_of)
    for domain in pair
}
