"""Names of countries, regions and the world in the page's language."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.locales import Language, Numbers

REGION = "region:"
WORLD: dict[Language, str] = {"en": "World", "vi": "Thế giới"}
UNKNOWN: dict[Language, str] = {"en": "Unknown origin", "vi": "Chưa rõ nước"}
# The sub-regions of dim_country, which CLDR does not name in this division.
VIETNAMESE_REGIONS = {
    "Antarctica": "Nam Cực",
    "Australia and New Zealand": "Úc và New Zealand",
    "Central Asia": "Trung Á",
    "Eastern Asia": "Đông Á",
    "Eastern Europe": "Đông Âu",
    "Latin America and the Caribbean": "Mỹ Latinh và Caribe",
    "Melanesia": "Melanesia",
    "Micronesia": "Micronesia",
    "Northern Africa": "Bắc Phi",
    "Northern America": "Bắc Mỹ",
    "Northern Europe": "Bắc Âu",
    "Polynesia": "Polynesia",
    "South-eastern Asia": "Đông Nam Á",
    "Southern Asia": "Nam Á",
    "Southern Europe": "Nam Âu",
    "Sub-Saharan Africa": "Châu Phi hạ Sahara",
    "Western Asia": "Tây Á",
    "Western Europe": "Tây Âu",
}


class Areas:
    """Names of areas by their code: a country's ISO code, ``region:<name>``, ``world`` or ``unknown``."""

    def __init__(self, language: Language, numbers: Numbers, countries: pd.DataFrame) -> None:
        self._language: Language = language
        given = countries[f"country_name_{language}"]
        self._names = {
            code: numbers.territory(iso2) or (code if pd.isna(name) else name)
            for code, iso2, name in zip(
                countries["country_code_iso3"], countries["country_code_iso2"], given, strict=True
            )
        }

    def name(self, code: str) -> str:
        """Return an area's name; the code when it has none. Other countries of a region: marked."""
        if code.startswith(REGION):
            region = code.removeprefix(REGION)
            if self._language == "vi":
                return f"{VIETNAMESE_REGIONS.get(region, region)} (gộp)"
            return f"{region} (grouped)"
        fixed = {"world": WORLD[self._language], "unknown": UNKNOWN[self._language]}
        return str(fixed.get(code) or self._names.get(code, code))
