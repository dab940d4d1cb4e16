"""Pages that are no article: each is skipped by name, so that none becomes an article of furniture."""

# ruff: noqa: E501 - a pattern is read and searched for on one line

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.clean.plain import Judged

# Words of running text below which a page may be something else than an article.
_SHORT_TEXT = 60
_INDEX_LINKS = 15
_STUB_WORDS = 10
_LINKED_RULES = frozenset(
    {"mostly-links", "structure-navigation", "structure-read_also", "structure-teaser", "linked-under-label"}
)
_SOFT_404 = re.compile(
    r"\b(?:page|article|story|content|url|address|what) (?:you(?:'re| are| were)? (?:looking for|requested|tried)|not found|cannot be found|can't be found|"
    r"could not be found|couldn't be found|does not exist|doesn't exist|(?:is|has been|was) (?:no longer available|removed|deleted|moved))|\bpage not found\b|"
    r"\b(?:error|status|http)[ :-]{1,3}404\b|\b404[ :|–-]{1,3}(?:error|not found|page)\b|^\W{0,9}404\W{0,9}$|"
    r"\b(?:we|sorry,? (?:but )?we) (?:can't|cannot|couldn't|could not) find (?:the|that|this|what)|nothing (?:was )?found|no longer (?:exists|available)",
    re.IGNORECASE | re.MULTILINE,
)
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|register|subscribe)\b.{0,40}\b(?:to (?:continue|read|view|access|see|keep|unlock)|required|first)\b|"
    r"\b(?:this|the (?:rest of (?:this|the)|full)) (?:article|story|content|page) is (?:for|only for|available (?:only )?(?:to|for)|reserved for|exclusive to|locked)|"
    r"\bto (?:continue|keep) reading\b|\b(?:subscribers?|members?)[- ]only\b|\byou must be (?:logged|signed) in\b|\benable javascript\b|\bverify (?:that )?you are (?:a )?human\b",
    re.IGNORECASE,
)
_VIDEO = re.compile(
    r"^(?:watch|video) ?[:|]|\b(?:watch (?:the|this|our|more|live|now|video)|video player|play(?:ing)? video|video (?:is )?(?:loading|unavailable)|duration:? \d|current time|"
    r"(?:this|the) video (?:cannot|can't|could not|is not)|\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d)",
    re.IGNORECASE | re.MULTILINE,
)


def count_words(texts: Sequence[str]) -> int:
    """How many words stand in some lines."""
    return sum(len(text.split()) for text in texts)


def find_page_kind(judged: Sequence[Judged], title: str | None) -> tuple[str, str] | None:
    """The name of what a page is instead of an article, and a detail for a reader; null for an article."""
    kept = [block.text for block in judged if block.verdict.reason == "text"]
    words = count_words(kept)
    if words >= _SHORT_TEXT:
        return _find_index(judged, kept)
    shown = "\n".join(block.text[:400] for block in judged[:400])
    headings = f"{title or ''}\n" + "\n".join(kept[:5])
    if _SOFT_404.search(headings) or (not kept and _SOFT_404.search(shown)):
        return "soft_404", "the page says that nothing was found"
    if _LOGIN.search(shown):
        return "login_wall", f"{words} words of text before the page asks to log in or subscribe"
    if words < _STUB_WORDS and _VIDEO.search(f"{title or ''}\n{shown}"):
        return "video_stub", "a player without an article"
    return _find_index(judged, kept)


def _find_index(judged: Sequence[Judged], kept: Sequence[str]) -> tuple[str, str] | None:
    """Many lines and next to no sentences make a list of articles."""
    links = sum(block.verdict.rule in _LINKED_RULES for block in judged)
    teasers = sum(
        block.verdict.reason in {"teaser", "read_also"} and block.verdict.rule not in _LINKED_RULES for block in judged
    )
    sentences = sum(len(text.split()) > 12 and text.rstrip("\"'”’)")[-1:] in ".!?" for text in kept)  # noqa: PLR2004  # words
    if sentences < 2 and links + teasers + len(kept) >= _INDEX_LINKS:  # noqa: PLR2004  # an article has more sentences
        return "index_page", f"{links + teasers + len(kept)} lines and {sentences} sentences"
    return None
