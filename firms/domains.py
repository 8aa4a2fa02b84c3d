"""Domains of mail and sites: which one speaks for an organization, and which for nobody.

An address proves something only at a domain that the organization alone hands out addresses of.
The lists hold the mail and page services that its small firms use; one that is missing here lets
through nobody who does not also have an address at the very host of the organization's site.
"""

from urllib.parse import urlsplit

FREE_MAIL = frozenset(
    "aol.com bol.com.br fastmail.com fibertel.com.ar gmail.com gmx.com gmx.net googlemail.com "  # noqa: SIM905 - a list of names reads best as lines
    "hotmail.cl hotmail.com hotmail.com.ar hotmail.com.br hotmail.com.mx hotmail.es icloud.com "
    "ig.com.br live.cl live.com live.com.ar live.com.mx mac.com mail.com mail.ru me.com msn.com "
    "outlook.cl outlook.com outlook.com.ar outlook.com.br outlook.es outlook.pt prodigy.net.mx "
    "proton.me protonmail.com rocketmail.com sapo.pt terra.cl terra.com terra.com.br tutanota.com "
    "uol.com.br vtr.net yahoo.cl yahoo.com yahoo.com.ar yahoo.com.br yahoo.com.mx yahoo.com.pe "
    "yahoo.es yandex.com ymail.com zoho.com adinet.com.uy cantv.net ciudad.com.ar "
    "speedy.com.ar".split()
)
SHARED_SITES = frozenset(
    "blogspot.com business.site canva.site facebook.com fb.com github.io google.com instagram.com "  # noqa: SIM905 - a list of names reads best as lines
    "jimdo.com linkedin.com linktr.ee mercadolibre.cl mercadolibre.com mercadoshops.com "
    "mitiendanube.com myshopify.com negocio.site square.site tiktok.com twitter.com wa.me "
    "webnode.com weebly.com whatsapp.com wixsite.com wordpress.com x.com youtube.com".split()
)


def domain_of(email: str) -> str:
    """Return the domain of an address in lower case."""
    return email.strip().rpartition("@")[2].lower().rstrip(".")


def host_of(website: str) -> str:
    """Return the host of a site without its "www", or nothing."""
    try:
        host = urlsplit(website.strip().lower()).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def own_domain(website: str) -> str:
    """Return the domain where only the organization of a site gives out addresses, or nothing."""
    host = host_of(website)
    shared = any(host == name or host.endswith(f".{name}") for name in SHARED_SITES)
    usable = "." in host and not host.replace(".", "").isdigit() and not shared
    return host if usable and host not in FREE_MAIL else ""


def is_free(email: str) -> bool:
    """Say whether anybody can get an address at the domain of this one."""
    return domain_of(email) in FREE_MAIL


def masked(email: str) -> str:
    """Return an address that its owner recognizes and nobody else learns: c•••@vina.cl."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""
