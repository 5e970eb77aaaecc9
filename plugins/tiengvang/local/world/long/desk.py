"""Pages of the long world: full ones about the watched countries, bare rows about all others."""

from __future__ import annotations

from tiengvang.local.world import pillars
from tiengvang.local.world.countries import COUNTRIES, FOCUS, Place
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.gkg import tone_fields, translation_info
from tiengvang.local.world.long.plan import DONORS
from tiengvang.local.world.outlets import Outlet
from tiengvang.local.world.pages import MIN_WORDS, Document, Tone, address, draw_tone
from tiengvang.local.world.titles import Headlines, republish

TONE_SPREAD = 2.0
# Points of tone by which the world's other news is colder.
COLDER = 1.0
COPY_SHARE = 0.06
BARE_TONES = 997


class Desk:
    """Writes pages; call it in the order of time, since no headline comes twice."""

    def __init__(self, seed: int) -> None:
        self._headlines = Headlines()
        self._scores: set[Tone] = set()
        dice = Dice(f"{seed}:long:tones")
        self._bare_tones = [
            tone_fields(draw_tone(dice, _words(dice), TONE_SPREAD * dice.bell() - COLDER))
            for _ in range(BARE_TONES)
        ]

    def article(
        self, dice: Dice, record_id: str, outlet: Outlet, subject: str, warmer: float
    ) -> Document:
        """Return a page about a watched country, by so many points of tone warmer than others."""
        pillar = pillars.draw_pillar(dice, outlet.outlet_type == "owned" and subject == FOCUS)
        slot = record_id.partition("-")[0]
        title = self._headlines.write(dice, outlet.language, subject, pillar)
        return Document(
            record_id, slot, outlet.stream, outlet,
            url=address(outlet, slot, record_id), title=title, title_kind="plain",
            title_form="plain", kind="about", subject=subject, places=_places(dice, subject),
            tone=self._tone(dice, warmer), text_kind="article", pillar=pillar,
            themes=pillars.draw_themes(dice, pillar), carriers={outlet.domain},
        )  # fmt: skip

    def copy(self, record_id: str, outlet: Outlet, original: Document) -> Document:
        """Return a page as another outlet prints it again, word for word."""
        original.carriers.add(outlet.domain)
        title = republish(original.title, outlet.language, "site_suffix", outlet.name)
        return Document(
            record_id, original.slot, outlet.stream, outlet,
            url=address(outlet, original.slot, record_id), title=title, title_kind="plain",
            title_form="plain", kind="about", subject=original.subject, places=original.places,
            tone=original.tone, text_kind="article", pillar=original.pillar,
            themes=original.themes, copy_of=original.record_id, copy_kind="site_suffix",
        )  # fmt: skip

    def bare_row(self, dice: Dice, record_id: str, outlet: Outlet, country: str) -> str:
        """Return the row of a page about a donor: what totals are counted from, and no more."""
        slot, _, number = record_id.partition("-")
        tone = self._bare_tones[dice.below(BARE_TONES)]
        language = translation_info(outlet.language)
        return (
            f"{record_id}\t{slot}\t1\t{outlet.domain}\thttps://www.{outlet.domain}/{slot}/{number}"
            f"\t\t\t\t\t\t{_BARE_PLACES[country]}\t\t\t\t\t{tone}\t\t\t\t\t\t\t\t\t\t{language}\t"
        )

    def _tone(self, dice: Dice, target: float) -> Tone:
        # No score comes twice: two pages of one outlet and week that share one are no articles to the gate.
        while True:
            tone = draw_tone(dice, _words(dice), target + TONE_SPREAD * dice.bell())
            if tone not in self._scores:
                self._scores.add(tone)
                return tone


def copier(dice: Dice, outlets: tuple[Outlet, ...], original: Document) -> Outlet | None:
    """Return the outlet that prints a page again, where one does."""
    others = [outlet for outlet in outlets if outlet is not original.outlet]
    return dice.pick(others) if others and dice.chance(COPY_SHARE) else None


def _words(dice: Dice) -> int:
    return dice.between(MIN_WORDS, 900)


def _places(dice: Dice, subject: str) -> tuple[tuple[Place, int], ...]:
    whole, *towns = COUNTRIES[subject].places
    return ((whole, dice.between(2, 5)), (dice.pick(towns), dice.between(1, 2)))


def _bare_places(fips: str) -> str:
    place = f"1#Country {fips}#{fips}#{fips}##0#0#{fips}"
    return f"{place}#31;{place}#255"


_BARE_PLACES = {iso3: _bare_places(fips) for iso3, fips in DONORS.items()}
