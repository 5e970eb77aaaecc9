"""The countries and places of the sample world, in the code systems of the wire.

Geography is FIPS 10-4 on the wire (Austria is ``AU``, Australia ``AS``), actors are CAMEO. Places
are real, so that maps and place codes can be tried; what is said about them is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

FOCUS = "VNM"
PEERS = ("THA", "IDN", "MYS", "PHL", "SGP")
WATCHED = (FOCUS, *PEERS)

# iso3, iso2, FIPS, actor name as the wire writes it, latitude, longitude
_COUNTRIES = """
VNM VN VM Vietnam 16.166667 107.833333|THA TH TH Thailand 15 100|IDN ID ID Indonesia -5 120
MYS MY MY Malaysia 2.5 112.5|PHL PH RP Philippines 13 122|SGP SG SN Singapore 1.366667 103.8
USA US US United_States 39.828175 -98.5795|CHN CN CH China 35 105|JPN JP JA Japan 36 138
KOR KR KS South_Korea 37 127.5|GBR GB UK United_Kingdom 54 -4|FRA FR FR France 46 2
DEU DE GM Germany 51.5 10.5|AUS AU AS Australia -25 135|IND IN IN India 20 77
BRA BR BR Brazil -10 -55|AUT AT AU Austria 47.333333 13.333333|CAN CA CA Canada 60 -96
MEX MX MX Mexico 23 -102|ARG AR AR Argentina -34 -64|CHL CL CI Chile -30 -71
COL CO CO Colombia 4 -72|PER PE PE Peru -10 -76|ZAF ZA SF South_Africa -30 26
KEN KE KE Kenya 1 38|EGY EG EG Egypt 27 30|NGA NG NI Nigeria 10 8|MAR MA MO Morocco 32 -5
TUR TR TU Turkey 39 35|ITA IT IT Italy 42.833333 12.833333|ESP ES SP Spain 40 -4
POL PL PL Poland 52 20|SWE SE SW Sweden 62 15|NLD NL NL Netherlands 52.5 5.75
NZL NZ NZ New_Zealand -41 174|SAU SA SA Saudi_Arabia 25 45|ARE AE AE United_Arab_Emirates 24 54
PAK PK PK Pakistan 30 70|BGD BD BG Bangladesh 24 90|LKA LK CE Sri_Lanka 7 81
KHM KH CB Cambodia 13 105|LAO LA LA Laos 18 105|PRT PT PO Portugal 39.5 -8
GRC GR GR Greece 39 22|NOR NO NO Norway 62 10|DNK DK DA Denmark 56 10|FIN FI FI Finland 64 26
CHE CH SZ Switzerland 47 8|BEL BE BE Belgium 50.833333 4|CZE CZ EZ Czech_Republic 49.75 15
HUN HU HU Hungary 47 20|IRL IE EI Ireland 53 -8|JOR JO JO Jordan 31 36
KAZ KZ KZ Kazakhstan 48 68|GHA GH GH Ghana 8 -2|ETH ET ET Ethiopia 8 38
"""

# iso3 # type # name # ADM1 # ADM2 # latitude # longitude # feature id
_PLACES = """
VNM#4#Hanoi, Ha N?i, Vietnam, Republic Of#VM44#74067#21.0333#105.85#-3714993
VNM#4#Ninh Thuan, Ninh Thu?n, Vietnam, Republic Of#VM60#32496#11.5833#108.95#-3730439
VNM#4#Tay Ninh, Tay Ninh, Vietnam, Republic Of#VM33#74213#11.3#106.1#-3729601
THA#4#Bangkok, Krung Thep Mahanakhon, Thailand#TH40#26423#13.75#100.517#-3250083
THA#4#Phuket, Phuket, Thailand#TH62#26915#7.83333#98.3833#-3253342
THA#4#Chiang Mai, Chiang Mai, Thailand#TH02#26507#18.7904#98.9847#-3247115
IDN#4#Jakarta, Jakarta Raya, Indonesia#ID04#18585#-6.17444#106.829#-2679652
IDN#4#Surabaya, Jawa Timur, Indonesia#ID08#18585#-7.24917#112.751#-2698521
IDN#4#Bandung, Jawa Barat, Indonesia#ID30#18585#-6.90389#107.619#-2671576
MYS#4#Kuala Lumpur, Kuala Lumpur, Malaysia#MY14#18585#3.16667#101.7#-2403010
MYS#4#Penang, Pulau Pinang, Malaysia#MY09#37404#5.41123#100.335#-2403065
MYS#4#Kota Kinabalu, Sabah, Malaysia#MY16#37409#5.9749#116.072#-2404760
PHL#4#Manila, Manila, Philippines#RPD9#24210#14.6042#120.982#-2437894
PHL#4#Davao City, Davao City, Philippines#RPC3#24267#7.07306#125.613#-2424066
SGP#4#Marina Bay, Singapore (general), Singapore#SN00#18585#1.28389#103.858#30431
SGP#4#Changi, Singapore (general), Singapore#SN00#18585#1.34167#103.964#-73644
USA#2#California, United States#USCA##36.17#-119.746#CA
USA#3#Chicago, Illinois, United States#USIL#IL031#41.85#-87.6501#423587
CHN#4#Beijing, Beijing, China#CH22#13001#39.9289#116.388#-1898541
CHN#4#Shanghai, Shanghai, China#CH23#13243#31.2222#121.458#-1924465
JPN#4#Tokyo, Tokyo, Japan#JA40#36340#35.685#139.751#-246227
JPN#4#Osaka, Osaka, Japan#JA32#35840#34.6667#135.5#-240905
KOR#4#Busan, Pusan-Gwangyoksi, South Korea#KS10#24983#35.1028#129.04#-713900
GBR#4#London, London, City of, United Kingdom#UKH9#40110#51.5#-0.116667#-2601889
FRA#4#Paris, France (general), France#FR00#16282#48.8667#2.33333#-1456928
DEU#4#Hamburg, Hamburg, Germany#GM04#40698#53.55#10#-1785434
AUS#4#Sydney, New South Wales, Australia#AS02#154637#-33.8833#151.217#-1603135
IND#4#Mumbai, Maharashtra, India#IN16#70184#18.975#72.8258#-2092174
AUT#4#Vienna, Wien, Austria#AU09#5672#48.2#16.3667#-1995499
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as GKG and Events write it; type 1 is a country, every other type lies within one."""

    iso3: str
    kind: int
    name: str
    fips: str
    adm1: str
    adm2: str
    latitude: str
    longitude: str
    feature_id: str
    v1_block: str
    v2_prefix: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country with the codes of the wire and its places, the country itself first."""

    iso3: str
    iso2: str
    fips: str
    cameo: str
    name: str
    places: tuple[Place, ...]


def _place(iso3: str, fips: str, cells: list[str]) -> Place:
    kind, name, adm1, adm2, latitude, longitude, feature_id = cells
    point = f"{latitude}#{longitude}#{feature_id}"
    return Place(
        iso3, int(kind), name, fips, adm1, adm2, latitude, longitude, feature_id,
        v1_block=f"{kind}#{name}#{fips}#{adm1}#{point}",
        v2_prefix=f"{kind}#{name}#{fips}#{adm1}#{adm2}#{point}#",
    )  # fmt: skip


def _read() -> dict[str, Country]:
    towns: dict[str, list[list[str]]] = {}
    for line in _PLACES.strip().split("\n"):
        iso3, *cells = line.split("#")
        towns.setdefault(iso3, []).append(cells)
    countries = {}
    for entry in _COUNTRIES.strip().replace("\n", "|").split("|"):
        iso3, iso2, fips, label, latitude, longitude = entry.split(" ")
        name = label.replace("_", " ")
        # The wire gives a country as its own ADM1 and feature.
        whole = ["1", name, fips, "", latitude, longitude, fips]
        places = tuple(_place(iso3, fips, cells) for cells in [whole, *towns.get(iso3, [])])
        countries[iso3] = Country(iso3, iso2, fips, iso3, name, places)
    return countries


COUNTRIES = _read()
TITLED = ("USA", "CHN", "JPN", "KOR", "GBR", "FRA", "DEU", "AUS", "IND", "BRA")
BACKGROUND = tuple(iso3 for iso3 in COUNTRIES if iso3 not in WATCHED)
