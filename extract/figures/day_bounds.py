"""The day that an article, or one figure of it, speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from extract.figures.day_finder import DayMention, days_of_sentence, find_days, stated_publication
from extract.figures.day_words import looks_forward, weekdays_in
from extract.figures.tables import holds_any
from extract.models import Article

_COPYRIGHT = re.compile(r"(?:\u00a9|\(c\)|\bcopyright\b)[^\d\n]{0,30}((?:19|20)\d\d)\b", re.IGNORECASE)
# An older number stands behind one of these: "previously 12", "up from 12", "the toll had stood at 12".
_EARLIER_BEFORE = re.compile(
    r"\bhad\s+been\s+(?:(?:put|given|reported|only|just|at|as|about|around|some|least|more|than|nearly|over)\s+){0,3}$"
    r"|\b(?:previously|formerly|initially|originally|had\s+stood\s+at|stood\s+at|(?:up|down)\s+from|from\s+an?\s+earlier"
    r"|compared\s+(?:with|to)|(?:previous|earlier|initial|prior)\s+(?:\w+\s+){0,2}"
    r"(?:toll|count|figures?|reports?|estimates?|tally|statements?|numbers?))\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_EARLIER_BEHIND = re.compile(
    r"^[^,.;]{0,60}\b(?:previously|earlier\s+(?:reported|announced|stated)|in\s+(?:earlier|previous)\b)", re.IGNORECASE
)
# "rose to 34 on Monday, from |nine|": of a change from one level to another the first is the earlier one.
_DAY_EARLIER = re.compile(r"\b(?:a|one|the)\s+(?:day\s+(?:earlier|before)|previous\s+day)\b", re.IGNORECASE)
_FROM_LEVEL = re.compile(
    r"\b(?:r[oi]se[ns]?|rising|climb\w*|jump\w*|increas\w*|gr[eo]w\w*|up|down|fell|fall\w*|drop\w*|revis\w*|rais\w*|lower\w*|reduc\w*|cut|w?ent\s+up|mount\w*|sw[eo]l\w*|surg\w*|soar\w*)\b"
    r"[^.;]{0,80}?\bto\b[^.;]{1,70}?\bfrom\s+(?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
# Of these each of the two above and the one below needs one.
_PERHAPS_EARLIER = (
    *("earlier", "previous", "formerly", "initial", "original"),
    *("had ", "stood", "from", "compared", "prior", "before"),
)
_SAID_EARLIER = re.compile(
    r"\bearlier\s+(?:said|reported|told|announced|put|confirmed)\b|\b(?:said|reported)\s+earlier\b", re.IGNORECASE
)
_EVENT = (
    r"(?:attacks?|blasts?|explosions?|bombings?|(?:earth)?quakes?|crash(?:es)?|shootings?|storms?|floods?|protests?|clashes|fires?|war"
    r"|votes?|elections?|massacre|tsunami|disaster|raids?|strikes?|killings?|cyclone|hurricane)"
)
# A day behind one of these is no day of the count: "ahead of Sunday's vote", "12 have died since 5 January".
_NOT_OF_COUNT = re.compile(
    r"(?:\b(?:since|from|ahead\s+of|before|prior\s+to|after|following|until|till|born|between)\s+(?:the\s+|an?\s+|last\s+|on\s+|about\s+|mid-?\s*|early\s+|late\s+)*"
    rf"|\b{_EVENT}\s+(?:(?:in|at|near)\s+(?:[A-Z][\w'-]+\s+)+)?(?:late\s+|early\s+)?(?:of|on|from|in)\s+(?:the\s+)?(?:[A-Z]\w+\s+)?)$",
    re.IGNORECASE,
)
_OF_EVENT = re.compile(rf"(?:'s|\u2019s)\b|\s+(?:\w+\s+)?{_EVENT}\b", re.IGNORECASE)
# The day of a claim holds for all that is claimed: "police said Monday that …", "in a memo of Jan. 4".
_CLAIM = re.compile(
    r"\b(?:said|told|announced|reported|confirmed|stated|added|(?:statement|report|memo|list|bulletin|update|tweet|briefing|release|announcement)"
    r"(?=\s+(?:of|on|from|dated|late|early)))\b(?:\s+(?!for\b|since\b|before\b)\w+){0,3}\s*$",
    re.IGNORECASE,
)
_TURN = re.compile(r";|\n|\b(?:but|while|whereas|however|although)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:(?:on|in|by|as of|at|late|early|the)\s*)*", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:()\u2013\u2014\n]|\s--?\s|,\s+(?:and|but|while|whereas|(?P<relative>which|who|where)|as|after|when|with|up|down|from|compared|against)\b"
    r"|\b(?:while|whereas|but|compared\s+(?:with|to)|(?:up|down)\s+from|since|after|before|when|until|because)\b",
    re.IGNORECASE,
)


STRETCH = 400  # characters; a day further from a figure than this says nothing of it
NEWS_DAYS = 3  # an undated report that dates a picture 5 January and speaks of Thursday was written that Thursday


class DayBounds(NamedTuple):
    """When a claim was true; a named tuple, since every figure looks what is known up by it.

    as_of: the day itself, the best estimate of it, or None
    earliest, latest: days between which it must lie, both included; None = not bounded on that side
    """

    as_of: date | None
    earliest: date | None
    latest: date | None


def day_bounds(article: Article) -> DayBounds:
    """Bound the day of what the article says in the present, by its date or else by the days in it.

    An undated article was written on or after the latest past day that its text and captions name, and not after its
    copyright year or the day of fetching. Its best estimate is that latest day, or the weekday named first as the
    news' day on or after it.
    """
    if article.published_at:
        return _one_day(article.published_at.date())
    whole = "\n".join((article.title or "", article.text, article.captions))
    stated = stated_publication(article.text)
    if stated:
        return _one_day(stated)
    latest = _copyright_end(article, whole)
    named = [
        mention
        for mention in find_days(whole, None)
        if mention.kind == "explicit"
        and mention.first <= latest
        and not looks_forward(whole, mention.start, mention.end)
    ]
    if not named:
        return DayBounds(None, None, latest)
    earliest = max(mention.first for mention in named)
    newest = max((m.first for m in named if m.precision == "day"), default=None)
    as_of = _news_day(article.text, newest) if newest and newest >= earliest else None
    if as_of and as_of > latest:
        as_of = newest
    return DayBounds(as_of, earliest, latest)


def figure_days(sentence: str, offset: int, article_bounds: DayBounds, published: date | None) -> DayBounds:
    """Bound the day that the figure at `offset` of `sentence` speaks of.

    An explicit date in its clause comes before a weekday, that before "previously" (which ends the day before
    publication), that before the article's own bounds. Days ahead, of other events ("Sunday's attack") and of the
    start of a count ("since Monday") are no day of the count.
    """
    known = published or _known_day(article_bounds)
    sentence, offset = _around(sentence, offset)
    usable = _days_of_counts(sentence, known, article_bounds)
    if not usable and not _may_tell_of_earlier(sentence):
        return article_bounds
    start, end = _clause(sentence, offset)
    if _is_from_level(sentence, offset):
        return _before_the_change(sentence, usable, offset, end, known or article_bounds.latest)
    was_earlier = _was_earlier(sentence, start, offset, end)
    chosen = _best([m for m in usable if start <= m.start < end], offset)
    if not chosen and not was_earlier:
        chosen = _best([m for m in usable if _holds_for(sentence, offset, m)], offset)
    if chosen:
        return DayBounds(chosen.first if chosen.first == chosen.last else None, chosen.first, chosen.last)
    if was_earlier:
        return DayBounds(None, None, known - timedelta(days=1) if known else article_bounds.latest)
    if _SAID_EARLIER.search(sentence, start, offset):
        return DayBounds(None, None, article_bounds.latest)
    return article_bounds


@lru_cache(maxsize=64)  # all figures of a sentence ask in a row
def _may_tell_of_earlier(sentence: str) -> bool:
    """Whether one of the words stands in it that a number needs to be an older one."""
    return holds_any(sentence.lower(), _PERHAPS_EARLIER)


def _around(sentence: str, offset: int) -> tuple[str, int]:
    """The stretch of an endless sentence around an offset, the same for neighbouring figures, and the offset in it."""
    if len(sentence) <= STRETCH:
        return sentence, offset
    start = max(0, (offset // STRETCH - 1) * STRETCH)
    return sentence[start : start + 3 * STRETCH], offset - start


def _one_day(day: date) -> DayBounds:
    """Bounds of a day that is known."""
    return DayBounds(day, day, day)


def _copyright_end(article: Article, whole: str) -> date:
    """The last day on which the article can have been written."""
    fetched = article.fetched_at.date()
    stated = f"{article.published_from or ''}\n{whole}"
    years = [int(match[1]) for match in _COPYRIGHT.finditer(stated)]
    return min(fetched, date(max(years), 12, 31)) if years else fetched


def _news_day(text: str, newest: date) -> date:
    """The latest weekday that the text names as its news' days, within a few days of the newest date in it."""
    ahead = [
        (number - newest.weekday()) % 7
        for start, end, number, how in weekdays_in(text)
        if not how and not looks_forward(text, start, end) and not _OF_EVENT.match(text, end)
    ]
    return newest + timedelta(days=max((days for days in ahead if days <= NEWS_DAYS), default=0))


def _known_day(bounds: DayBounds) -> date | None:
    """The article's day where it is known, not only estimated."""
    return bounds.as_of if bounds.earliest == bounds.latest else None


@lru_cache(maxsize=512)  # the figures of one sentence ask the same
def _days_of_counts(sentence: str, known: date | None, bounds: DayBounds) -> tuple[DayMention, ...]:
    """The days of a sentence that can be a count's; in an undated article weekdays run on from its earliest day."""
    mentions = list(days_of_sentence(sentence, known))
    if known is None and bounds.earliest and bounds.as_of:
        placed = {m.start for m in mentions}
        mentions += [m for m in _weekdays_from(sentence, bounds.earliest, bounds.latest) if m.start not in placed]
    return tuple(m for m in mentions if not _is_of_something_else(sentence, m, known or bounds.latest))


def _weekdays_from(sentence: str, earliest: date, latest: date | None) -> Iterator[DayMention]:
    """Each weekday as the first on or after the earliest day, where that is within bounds."""
    for start, end, number, _ in weekdays_in(sentence):
        day = earliest + timedelta(days=(number - earliest.weekday()) % 7)
        if latest is None or day <= latest:
            yield DayMention(start, end, day, day, "day", "weekday")


def _clause(sentence: str, offset: int) -> tuple[int, int]:
    """Start and end of the clause around an offset."""
    cuts = _cuts(sentence)
    start = max((cut for cut, behind in cuts if behind <= offset), default=0)
    end = min((cut for cut, _ in cuts if cut > offset), default=len(sentence))
    return start, end


@lru_cache(maxsize=512)
def _cuts(sentence: str) -> tuple[tuple[int, int], ...]:
    """Where clauses part: start and end of each comma or conjunction; a relative clause ends at its next comma."""
    cuts = []
    for match in _CLAUSE.finditer(sentence):
        cuts.append((match.start(), match.end()))
        if match["relative"] and (comma := sentence.find(",", match.end())) >= 0:
            cuts.append((comma, comma + 1))
    return tuple(cuts)


def _is_from_level(sentence: str, offset: int) -> bool:
    """Read "rose to 34 from |nine|": the level before the change."""
    is_led = "from" in sentence[max(0, offset - 24) : offset].lower()
    return is_led and _FROM_LEVEL.search(sentence, max(0, offset - 200), offset) is not None


def _before_the_change(
    sentence: str, usable: Sequence[DayMention], offset: int, end: int, latest: date | None
) -> DayBounds:
    """The day named behind the old level, else any before that of the new one; "a day earlier" is earlier than that."""
    chosen = _best([m for m in usable if offset < m.start < end and m.kind != "relative"], offset)
    if chosen:
        return DayBounds(chosen.first if chosen.first == chosen.last else None, chosen.first, chosen.last)
    days = [m.first for m in usable if m.start < offset] + ([latest] if latest else [])
    before = min(days) - timedelta(days=1) if days else None
    if before and _DAY_EARLIER.search(sentence, offset, end):
        return DayBounds(before, before, before)
    return DayBounds(None, None, before)


def _was_earlier(sentence: str, start: int, offset: int, end: int) -> bool:
    """Whether the words give the number as one that held before."""
    before, behind = sentence[start:offset][-120:], sentence[offset:end]
    return bool(_EARLIER_BEFORE.search(before) or _EARLIER_BEHIND.search(behind))


def _is_of_something_else(sentence: str, mention: DayMention, current: date | None) -> bool:
    """Whether the day is ahead, another event's, or only where the count begins."""
    if current and mention.first > current:
        return True
    if _OF_EVENT.match(sentence, mention.end):
        return True
    return bool(_NOT_OF_COUNT.search(sentence[max(0, mention.start - 60) : mention.start]))


def _holds_for(sentence: str, offset: int, mention: DayMention) -> bool:
    """Whether a day of another clause holds for the figure too: "On Monday, …", "police said Monday that …"."""
    between = sentence[min(offset, mention.start) : max(offset, mention.start)]
    if _TURN.search(between):
        return False
    before = sentence[: mention.start].strip()
    return bool(_OPENING.fullmatch(before[-20:])) or bool(_CLAIM.search(before[-80:]))


def _best(mentions: list[DayMention], offset: int) -> DayMention | None:
    """An explicit date before a weekday before other words; of two the nearer."""
    order = {"explicit": 0, "weekday": 1, "relative": 2}
    return min(
        mentions, key=lambda m: (order[m.kind], m.precision == "year", abs(m.start - offset), m.start), default=None
    )
