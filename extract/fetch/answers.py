"""What an HTTP status, a header or a page that is no article means."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from extract.fetch.records import parse_moment

NOT_MODIFIED: Final = 304
WANTED_STATUS: Final = frozenset({200, 203})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
REASON_OF_STATUS: Final = {
    204: "empty",
    205: "empty",
    206: "partial_content",
    401: "login_required",
    402: "payment_required",
    403: "forbidden",
    404: "not_found",
    407: "login_required",
    410: "gone",
    429: "rate_limited",
    451: "forbidden",
}
WORTH_RETRYING: Final = frozenset(
    {
        "server_error",
        "rate_limited",
        "timeout",
        "connection_failed",
        "incomplete_body",
        "bad_response",
        "bad_gzip",
        "bad_brotli",
    }
)
LONGEST_RETRY_AFTER: Final = 10 * 365 * 86_400
LOOKED_AT: Final = 65_536

LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|sso|register|subscribe|subscription|auth|account/login|users/sign_in|consent|paywall)(?:[/._]|$)",
    re.IGNORECASE,
)
TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
NOT_FOUND_TITLE = re.compile(
    r"""\s*(?:
        (?:error\s*)? (?:404|410)\b
        (?: \W* (?:error|not\ found|page\ not\ found|gone|file\ not\ found|oops) .* | \W* ) $
      | (?:oops\W*\s*)? (?:sorry\W*\s*)? (?:(?:the|this|that)\ )? (?:page|article|story|content|document)\s+
        (?:you\s.{0,40}\s)? (?:(?:was|is|could|can|cannot|has|no|does)\ )?
        (?: not\ (?:be\ )?found | (?:could|can)n't\ be\ found | not\ available | no\ longer\ (?:available|exists)
          | not\ exist | been\ removed )
      | not\ found\s* (?:[|\u2013-].*)? $
    )""",
    re.IGNORECASE | re.VERBOSE,
)
PASSWORD_FIELD = re.compile(rb"<input\b[^<>]{0,500}\btype\s*=\s*[\"']?password", re.IGNORECASE)
HIDING_TAG = re.compile(rb"<(/?)(?:script|style|noscript|form|nav|header|footer)\b", re.IGNORECASE)
ANY_TAG = re.compile(rb"<[^<>]*>")
WORDS_OF_AN_ARTICLE: Final = 80


def reason_of_status(status: int) -> str | None:
    """The reason by name why a status gives no page, null for 200 (and 203)."""
    if status in WANTED_STATUS:
        return None
    if status in REASON_OF_STATUS:
        return REASON_OF_STATUS[status]
    if 400 <= status < 500:  # noqa: PLR2004 - HTTP's own classes
        return "refused"
    if 500 <= status < 600:  # noqa: PLR2004 - HTTP's own classes
        return "server_error"
    return "unexpected_status"


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """The wait that a Retry-After header asks for, in both of its forms; null if there is none or it makes no sense."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), LONGEST_RETRY_AFTER))
    moment = parse_moment(text) if text else None
    if moment is None:
        return None
    return max(0.0, min((moment - now).total_seconds(), LONGEST_RETRY_AFTER))


def reason_of_redirect(asked_path: str, reached: str) -> str | None:
    """Why the end of a redirect is no article, null if it may be one.

    asked_path: the path first asked for; reached: the whole address at the end
    """
    path, query = urlsplit(reached)[2:4]
    if LOGIN_PATH.search(path) and not LOGIN_PATH.search(asked_path):
        return "login_wall"
    if path in {"", "/"} and not query and asked_path.strip("/"):
        return "redirect_to_front_page"
    return None


def reason_of_page(body: bytes) -> str | None:
    """Why an HTML page that came with 200 is no article although the server says so, null if it may be one."""
    start = body[:LOOKED_AT]
    title = TITLE.search(start)
    if title and NOT_FOUND_TITLE.match(title.group(1).decode("utf-8", "replace")):
        return "soft_404"
    if PASSWORD_FIELD.search(start) and len(body) <= LOOKED_AT and _words(start) < WORDS_OF_AN_ARTICLE:
        return "login_wall"
    return None


def _words(html: bytes) -> int:
    return len(ANY_TAG.sub(b" ", _shown(html)).split())


def _shown(html: bytes) -> bytes:
    """The parts outside of scripts, forms and navigation, in one pass."""
    shown, depth, since = bytearray(), 0, 0
    for tag in HIDING_TAG.finditer(html):
        if depth == 0:
            shown += html[since : tag.start()]
        depth = max(0, depth - 1) if tag.group(1) else depth + 1
        since = tag.start()
    return bytes(shown + html[since:]) if depth == 0 else bytes(shown)
