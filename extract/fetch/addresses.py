"""Addresses: which one a link means, and which of it may be written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
LONGEST_ADDRESS: Final = 4000
ADDRESS_SAFE: Final = "%/:@!$&'()*+,;=~-._"

# Exact names and clear prefixes only: courlan's wider patterns also drop ?cid=, ?eid= and ?gallery=, which may tell
# one article from another.
TRACKING_PREFIXES: Final = (
    "utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "_hs", "vero_", "oly_", "mkt_", "ns_", "at_", "itm_",
)  # fmt: skip
TRACKING_NAMES: Final = frozenset(
    {
        "fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh", "gbraid", "wbraid",
        "gclsrc", "mc_cid", "mc_eid", "_ga", "_gl", "ref_src", "ref_url", "referrer", "referer", "cmpid", "cmp", "xtor",
        "wt_mc", "wt.mc_id", "s_cid", "ncid", "ocid", "smid", "sharetype", "share", "spm", "amp_js_v", "usqp",
        "guccounter", "guce_referrer", "guce_referrer_sig", "__twitter_impression", "partner", "tracking_source",
        "cx_testid", "cx_testvariant", "cx_artpos", "phpsessid", "jsessionid", "sessionid", "session_id",
    }
)  # fmt: skip
SECRET_NAMES: Final = frozenset(
    {
        "token", "access_token", "auth", "auth_token", "authtoken", "api_key", "apikey", "api-key", "password",
        "passwd", "pwd", "secret", "client_secret", "sig", "signature", "x-amz-signature", "x-amz-credential",
        "x-amz-security-token", "x-api-key",
    }
)  # fmt: skip
PLAIN_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
FORBIDDEN_SIGNS = re.compile(r"[\x00-\x20\x7f\\<>\"{}|^`]")


class BadAddress(ValueError):
    """A text that is not an http or https address that can be asked; the message never repeats credentials."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address in its three roles.

    target: what is asked for, without tracking parameters and fragment
    name: what is written down: the target without secrets
    credentials: user and password, where the source names them; never part of target or name
    """

    target: str
    name: str
    scheme: str
    host: str
    port: int
    path: str
    credentials: tuple[str, str] | None = None

    @property
    def host_key(self) -> str:
        """One politeness, one robots.txt: host and port."""
        return f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.host_key}"


def parse_address(text: str, base: str | None = None) -> Address:
    """Read one address as it stands in a file, feed or Location header.

    base: for relative ones. Raises BadAddress.
    """
    try:
        joined = urljoin(base, text.strip()) if base else text.strip()
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:
        raise BadAddress("not a readable address") from None
    if parts.scheme.lower() not in DEFAULT_PORTS:
        raise BadAddress(f"scheme {parts.scheme[:20]!r} instead of http or https")
    if "\\" in parts.netloc:
        raise BadAddress("a backslash before the path, which browsers and servers read differently")
    if len(joined) > LONGEST_ADDRESS:
        raise BadAddress(f"an address of {len(joined)} characters")
    return _address(parts, port)


def _address(parts: SplitResult, port: int | None) -> Address:
    scheme = parts.scheme.lower()
    host = _host(parts.hostname or "")
    port = port or DEFAULT_PORTS[scheme]
    netloc = host if port == DEFAULT_PORTS[scheme] else f"{host}:{port}"
    path = _without_dots(quote(FORBIDDEN_SIGNS.sub(_escape, parts.path), safe=ADDRESS_SAFE)) or "/"
    query = quote(FORBIDDEN_SIGNS.sub(_escape, parts.query), safe=ADDRESS_SAFE + "?")
    kept = [piece for piece in query.split("&") if piece and not _is_tracking(piece)]
    public = [piece for piece in kept if _key(piece) not in SECRET_NAMES]
    credentials = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Address(
        target=urlunsplit((scheme, netloc, path, "&".join(kept), "")),
        name=urlunsplit((scheme, netloc, path, "&".join(public), "")),
        scheme=scheme,
        host=host.strip("[]"),
        port=port,
        path=path,
        credentials=credentials,
    )


def _escape(match: re.Match[str]) -> str:
    return f"%{ord(match.group()):02X}"


def _host(name: str) -> str:
    """The host in the one spelling that every parser reads alike; brackets around IPv6."""
    if not name:
        raise BadAddress("an address without a host")
    if ":" in name:
        try:
            return f"[{IPv6Address(name)}]"
        except ValueError:
            raise BadAddress(f"host {name[:80]!r} is no IPv6 address") from None
    if not name.isascii():
        name = _encoded(name)
    name = name.lower()
    if not PLAIN_HOST.fullmatch(name) or len(name) > 253:  # noqa: PLR2004 - RFC 1035
        raise BadAddress(f"host {name[:80]!r} is no domain name")
    return name.rstrip(".")


def _encoded(name: str) -> str:
    """A name in any script as httpx would ask for it, by IDNA 2008."""
    import httpx  # takes a second to import, which few names need

    try:
        return httpx.URL(f"http://{name}/").raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise BadAddress(f"host {name[:80]!r} cannot be written as a domain name") from None


def _key(piece: str) -> str:
    return unquote(piece.partition("=")[0]).lower()


def _is_tracking(piece: str) -> bool:
    key = _key(piece).removeprefix("amp;")
    return key in TRACKING_NAMES or key.startswith(TRACKING_PREFIXES)


def _without_dots(path: str) -> str:
    """RFC 3986 §5.2.4, so that the guard, the server and the ledger speak of one path."""
    if "/." not in path:
        return path
    kept: list[str] = []
    pieces = path.split("/")
    for piece in pieces[1:]:
        if piece == "..":
            del kept[-1:]
        elif piece != ".":
            kept.append(piece)
    if pieces[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def public_text(text: str) -> str:
    """A text without the credentials of any address in it, for messages and logs."""
    return re.sub(r"(?i)\b(https?://)[^\s/?#@]{1,300}@", r"\1", text)
