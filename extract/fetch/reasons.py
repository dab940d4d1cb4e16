"""Every name under which an address or file can end without a page, with its meaning for a reader.

A name that the code uses and this table lacks is a defect; a test looks.
"""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, str]] = {
    # files, folders and records
    "empty": "nothing in it: 0 bytes, or white space only",
    "binary": "bytes that are no text, whatever the name or the server says",
    "too_large": "larger than the limit for one page",
    "not_an_article_type": "neither HTML nor plain text (an image, a PDF, a feed where an article was expected …)",
    "unreadable": "the file exists but may not be read, or the disk failed",
    "missing_path": "the folder or file of the source does not exist",
    "no_articles": "a folder with no files in it, or a feed, sitemap, list or archive with no entries",
    "not_a_file": "a device, pipe or socket among the files",
    "symlink": "a link to a folder: its files are read where they are, or not at all",
    "symlink_outside": "a link that leads out of the folder, or nowhere",
    "hidden": "a file or folder whose name begins with a dot",
    "bad_json": "a line that is no JSON object",
    "bad_record": "a record without `url`, or with neither `text` nor `html`, or with a value of the wrong kind",
    "bad_encoding": "text that is not UTF-8 where UTF-8 is required",
    "bad_gzip": "compressed bytes that cannot be unpacked",
    "bad_brotli": "brotli-compressed bytes that cannot be unpacked",
    "unpacks_too_large": "few compressed bytes that unpack beyond the limit",
    "bad_warc": "an archive that is damaged; what stood before the damage was read",
    "bad_parquet": "a shard that ends in .parquet and is none, or is damaged",
    "shard_failed": "a shard that failed at each of three tries; the others landed, and the next run tries it again",
    # addresses
    "bad_address": "not an http or https address that can be asked",
    "private_address": "leads to a private, loopback, link-local or metadata address",
    "duplicate_address": "the same page was already named in this run",
    "no_such_host": "the name of the host is not known",
    "not_due": "visited recently; its next visit is later",
    # what the host allows
    "robots": "robots.txt of the host forbids it",
    "robots_unreachable": "robots.txt could not be read, so nothing is allowed for now",
    "crawl_delay": "the host wants longer pauses than one run lasts; a later run takes the next page",
    "budget_spent": "the day's number of requests to this host is used up",
    "host_stopped": "the host refused or failed too often in a row; a later run tries again",
    "rate_limited": "the host says: too many requests (429 or 503 with Retry-After)",
    # answers
    "login_required": "the server asks for a name and password (401, 407)",
    "login_wall": "a page that asks to log in stands before the article",
    "payment_required": "the server asks for payment (402)",
    "forbidden": "the server refuses (403, 451)",
    "not_found": "no such page (404)",
    "soft_404": "the server says 200, the page says that nothing was found",
    "gone": "removed for good (410)",
    "refused": "the server refuses with another 4xx status",
    "server_error": "the server failed (5xx), at each attempt",
    "unexpected_status": "a status that makes no sense as an answer",
    "partial_content": "only a part of the page was sent (206), though the whole was asked for",
    "bad_redirect": "a redirect without a readable target",
    "redirect_loop": "redirects that lead back to where they began",
    "too_many_redirects": "more redirects than the limit",
    "redirect_to_front_page": "an article's address that leads to the front page: it is gone",
    # the connection
    "timeout": "no answer, or not the whole, within the time limit",
    "connection_failed": "no connection, or it broke before the answer began",
    "bad_certificate": "the certificate of the host does not hold",
    "incomplete_body": "the connection ended before the whole page was there",
    "bad_response": "an answer that is no valid HTTP",
    "unknown_encoding": "compressed in a way that was not asked for",
    # feeds and sitemaps
    "listing": "a feed or sitemap: its entries are counted for themselves",
    "too_many_items": "a feed, sitemap or list with more entries than the limit; the first ones were taken",
    "too_many_listings": "a sitemap beyond the number that is read for one source",
    "listing_too_deep": "a sitemap index within too many others",
    "bad_feed": "no feed can be read in it",
    "bad_sitemap": "no sitemap can be read in it",
    "xml_entities": "XML that declares entities of its own, as attacks do",
    # ours
    "forgotten": "a page that a person had removed; it is not read again, and only a hash of its address is kept",
    "older_version": "a version of the page that is already stored, met again in an archive",
    "crash": "reading it failed in a way nobody foresaw; the message says how, please report it",
}

TRANSIENT: Final[frozenset[str]] = frozenset(
    {
        "timeout", "connection_failed", "incomplete_body", "bad_response", "server_error", "rate_limited",
        "host_stopped", "robots_unreachable", "crawl_delay", "budget_spent", "no_such_host", "not_due", "crash",
        "unreadable", "bad_gzip", "bad_brotli", "partial_content", "bad_certificate",
    }
)  # fmt: skip
"""Reasons that another run may not meet: a feed is asked for in full again while an entry of it ended so."""

REFUSALS: Final[frozenset[str]] = frozenset(
    {"forbidden", "rate_limited", "server_error", "timeout", "connection_failed", "bad_certificate", "login_required"}
)
"""Reasons that count towards stopping a host."""


def explain(reason: str) -> str:
    """The meaning of a reason for a reader. Raises KeyError for a name that is not in the table."""
    return REASONS[reason]
