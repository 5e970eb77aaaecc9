"""The canonical key of a page's address: two addresses of one page have the same key."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# Where a reader came from; says nothing about which page it is.
_TRACKING = re.compile(
    r"(?:utm_|mtm_|pk_|hsa_|fb_|soc_|guce_|_hs|__twitter|wt\.).*"
    r"|at_(?:medium|campaign|custom\d|link_\w+|format|bbc_team|ptr_name)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|mc_[ce]id|s_cid|_g[al]|_gac"
    r"|(?:fb|g|dc|ms|tw|y|ttc|igs)clid|gclsrc|[gw]braid|igshid|xtor|icid|ncid|ocid|smid|smtyp|spm"
    r"|cmp|cmpid|ito|taid|trk|tsrc|cvid|sr_share|guccounter|traffic_source|outputtype|amp"
    r"|rss|rssfeed|feed|feedtype|ref|ref_src|ref_url|referr?er|source|src|share|shared|partner|from|via",
    re.IGNORECASE,
)
_HOST_PREFIX = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)|\.amp(?=/|$)", re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r":(?:80|443)?$")
_SAFE_PATH = "/:@!$&'()*+,;=~-._"


def canonical_url(url: str) -> str:
    """Return the key of a web address: host and path, with the query that tells pages apart.

    Dropped are scheme, user, default port, fragment, trailing slash, the host's ``www.``, ``m.``,
    ``mobile.`` and ``amp.``, markers of AMP in the path, and parameters that say where a reader came
    from. Percent-encoding is made the same, parameters are sorted. Case of the path stays: it can tell
    pages apart. A text that is no address gives a key as well, itself. The key of a key is the key.
    """
    text = url.strip()
    scheme = _SCHEME.match(text)
    try:
        parts = urlsplit(f"//{text[scheme.end() :] if scheme else text}")
    except ValueError:  # an unclosed bracket in the host
        return text
    host = _DEFAULT_PORT.sub("", parts.netloc.rpartition("@")[2].lower()).strip(". ")
    if not host:
        return text
    while match := _HOST_PREFIX.match(host):
        host = host[match.end() :].lstrip(". ")
    path = re.sub(r"/{2,}", "/", quote(unquote(parts.path), safe=_SAFE_PATH))
    while path != (plain := _AMP_PATH.sub("", path).rstrip("/")):
        path = plain
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    )
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{path}{query}"


def names_a_page(url_key: str) -> bool:
    """Say whether a key is that of a page: a bare host is a front page, whose content changes."""
    return "/" in url_key or "?" in url_key
