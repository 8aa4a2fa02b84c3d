"""Hosts of web pages and mail, as far as they tell one organization from another."""

import re

# Anyone may have a page or an address here, so it tells nothing.
SHARED_HOSTS = frozenset(
    [
        "blogspot.com",
        "facebook.com",
        "github.io",
        "gmail.com",
        "google.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.es",
        "instagram.com",
        "icloud.com",
        "linkedin.com",
        "live.com",
        "live.com.mx",
        "linktr.ee",
        "mercadolibre.com",
        "mercadoshops.com",
        "mail.com",
        "me.com",
        "msn.com",
        "outlook.com",
        "outlook.es",
        "prodigy.net.mx",
        "proton.me",
        "protonmail.com",
        "sites.google.com",
        "bol.com.br",
        "uol.com.br",
        "terra.com.br",
        "ig.com.br",
        "tiendanube.com",
        "twitter.com",
        "vtr.net",
        "wa.me",
        "weebly.com",
        "whatsapp.com",
        "wixsite.com",
        "wordpress.com",
        "x.com",
        "yahoo.com",
        "yahoo.com.ar",
        "yahoo.com.br",
        "yahoo.com.mx",
        "yahoo.es",
        "ymail.com",
        "youtube.com",
        "negocio.site",
        "ueniweb.com",
        "sapo.pt",
    ]
)
SECOND_LEVELS = frozenset(
    [
        "ac",
        "art",
        "co",
        "com",
        "edu",
        "eng",
        "fin",
        "gob",
        "gov",
        "gub",
        "ind",
        "int",
        "k12",
        "mil",
        "net",
        "nom",
        "org",
        "prof",
        "sld",
        "tur",
        "web",
    ]
)
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?:www\d?\.)?([^/:?#]+)")
COUNTRY_LETTERS = 2


def own_host(address: str) -> str:
    """Return the registered part of a page's or mail's host, or "" where anyone may have one."""
    address = address.strip().lower().rpartition("@")[2] if "://" not in address else address
    found = _HOST.match(address.strip().lower())
    host = found.group(1).strip(".") if found else ""
    if "." not in host or host in SHARED_HOSTS:
        return ""
    registered = _registered(host.split("."))
    return "" if registered in SHARED_HOSTS else registered


def _registered(labels: list[str]) -> str:
    """Keep two labels, or three under a country's com, edu, gob and the like."""
    is_deep = len(labels[-1]) == COUNTRY_LETTERS and labels[-2] in SECOND_LEVELS
    return ".".join(labels[-3:] if is_deep else labels[-2:])
