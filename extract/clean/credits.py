"""Photo credits and captions: who made a picture, and the words that stand under it."""

# ruff: noqa: E501 - a pattern is read and searched for on one line

from __future__ import annotations

import re

from extract.clean.lines import Line, Verdict

# Who sells or gives pictures to newsrooms; spelled as in credits.
_AGENCY = (
    r"(?:A\.?P\.?(?: ?(?:Photo|Images?|Video))?|Associated Press|AFP(?:TV)?(?: ?Photo)?|Agence France-Presse|REUTERS|Reuters"
    r"|Getty(?: Images?)?|Anadolu(?: Agency| Images)?|AA|EPA(?:[-/ ]?EFE)?|EFE|TASS|Tass|Sputnik|RIA(?: Novosti)?|Xinhua|dpa|DPA"
    r"|PA(?: Wire| Media| Images)?|Press Association|Alamy(?: Stock Photo| Live News)?|Shutterstock|iStock(?:photo)?|Unsplash"
    r"|Pexels|Pixabay|Flickr|Wikimedia(?: Commons)?|Creative Commons|Wikipedia|Bloomberg|ZUMA(?: Press)?|NurPhoto|AAP|ANI|PTI"
    r"|IANS|Kyodo(?: News)?|Yonhap|Ukrinform|UNIAN|ANSA|Belga|Keystone|Ritzau|NTB|TT|Lehtikuva|MTI|CTK|Agerpres|BTA|Tanjug"
    r"|AGERPRES|USA TODAY(?: NETWORK| Sports)?|Imagn(?: Images)?|Icon Sportswire|Depositphotos|Adobe Stock|Stock Photo|iStockphoto"
    r"|NASA|Handout|HANDOUT|Courtesy|File(?: Photo)?|Press Office|Press Service|Canadian Press|CP|SIPA|Abaca|Magnum|VCG|SOPA Images"
    r"|Rex(?: Features)?|Zuma|Corbis|WireImage|FilmMagic|Imago|IMAGO|Maxar(?: Technologies)?|Planet Labs|UNICEF|UNHCR|WFP)"
)
_LABEL = (
    r"(?:(?:file |stock |archive |main |lead |cover |top |featured? )?(?:photo(?:graph|graphy|s)?|image|picture|pic|illustration|graphic"
    r"|video|screenshot|screengrab|artwork|infographic|visual|map|chart)s?)"
)
# Of these a line can be about with a colon after it; "Video: 4K" is no credit.
_PICTURE = r"(?:(?:file |stock |archive |main |lead |cover |top |featured? )?(?:photo(?:graph|graphy|s)?|image|picture|pic|illustration)s?)"
_CREDIT_WORD = r"(?:credits?|sources?|courtesy(?: of)?|by|via|copyright|©|from)"
# The whole line is a credit.
_BARE_LABEL = re.compile(
    rf"^[\[(]?(?:{_PICTURE}(?: ?{_CREDIT_WORD}){{0,2}} ?[:/|–—-]|{_LABEL} (?:{_CREDIT_WORD} ){{1,2}}|{_LABEL} {_CREDIT_WORD} ?[:/|]"
    r"|(?:credits?|courtesy(?: of)?|source) ?[:/|]|courtesy of |©|via )",
    re.IGNORECASE,
)
_BARE_AGENCY = re.compile(
    rf"^[\[(]?[^.!?\[(]{{0,80}}?(?:(?:[/|,–—-]|\bvia\b|\bfor\b|\bof\b) ?|^[\[(]?){_AGENCY}(?:\s*[/|,]\s*[^.!?,]{{1,30}}){{0,3}}[\])]?\.?$"
)
# The line ends in a credit: what stands before it is a caption.
_END_BRACKET = re.compile(
    rf"[\[(](?:[^\[\]()]{{0,80}}[/|,:] ?{_AGENCY}\b[^\[\]()]{{0,40}}|{_AGENCY}\b(?: ?[/|,:–—-] ?[^\[\]()]{{1,60}}| ?[Pp]hoto[^\[\]()]{{0,40}})"
    rf"|(?i:{_LABEL} ?(?:{_CREDIT_WORD}|[:/|])|credits?:|courtesy of|courtesy:|file photo)[^\[\]()]{{0,80}})[\])]\W{{0,2}}$"
)
_END_LABEL = re.compile(
    rf"(?:[.,;:!?”\"')–—-]|\s[|/])\s{{0,2}}(?:{_LABEL} ?(?:{_CREDIT_WORD} ?)?[:/|]|{_LABEL} (?:{_CREDIT_WORD} )|credits?:|courtesy of |©) ?[^.!?]{{2,60}}\.?$",
    re.IGNORECASE,
)
_END_AGENCY = re.compile(
    rf"[.,;|–—]\s{{0,2}}(?:[\w.'-]{{1,20}}(?: [\w.'-]{{1,20}}){{0,3}} ?[/|] ?)?{_AGENCY}(?: ?[/|] ?[\w.' -]{{2,40}}){{0,3}}\W{{0,2}}$"
)
_INNER_MARK = re.compile(r"[^\s(] © [\w‘'\"“]")
# The line begins as captions do.
_START = re.compile(
    rf"^(?:{_PICTURE}(?: (?:above|below|left|right))?\s?(?:[:,|–—]|\) ?)\s?|caption:|pictured(?: here| above| below| from)?\s?[:,]"
    r"|(?:FILE|File) ?(?:[-–—:]|photo)|clockwise from|(?:this|an?) (?:\w{1,20} ){0,4}"
    r"(?:photo|photograph|image|picture|video|screenshot|screengrab|still|handout|satellite image)"
    r"(?: \w{1,20}){0,3}?(?:,? on \w{3,9}\.? \d{1,2}(?:, \d{4})?,?)? (?:shows?|showing|shot|taken|released|provided|made available)\b)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? (?:19|20)\d\d"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? (?:19|20)\d\d)",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"\((?:[LRC]|left|right|cent(?:er|re)|top|bottom|front|back|2nd[^)]{0,6})\)|, (?:left|right|second (?:left|right)|cent(?:er|re)|far \w+),",
    re.IGNORECASE,
)
_SENTENCE_BREAK = re.compile(r"[a-z][.!?] [A-Z]")
# One of these stands in every labelled credit: asked first, for it costs little.
_CREDIT_HINTS = (
    "photo", "image", "picture", "pic", "illustration", "graphic", "video", "screen", "artwork", "visual", "map", "chart", "credit", "courtesy", "©",
)  # fmt: skip
_LAST_NAME = re.compile(r"[A-Z]\S{0,30}(?: \S{1,20})?$|[A-Za-z]+/[^/]{2,60}$|(?:dpa|Photo)\W{0,2}$")
_NAME_REACH = 62  # characters: the longest end that the pattern needs
_CAPTION_WORDS = 70
_PLAIN_CAPTION_WORDS = 30
_CREDIT_WORDS = 14
# Characters at the end of a line in which a credit stands.
_CREDIT_REACH = 160


def is_bare_credit(line: Line) -> bool:
    """The line names who made a picture, and nothing else: "Jan Reed / AP", "Photo: Harbour Post"."""
    if not 1 <= line.words <= _CREDIT_WORDS:
        return False
    if _BARE_AGENCY.match(line.plain):
        return True
    return _BARE_LABEL.match(line.plain) is not None and not line.plain.rstrip("])").endswith((".", "?", "!"))


def judge_caption(line: Line) -> Verdict | None:
    """The class of a line that shows by itself that it is a credit or a caption; null for any other."""
    if is_bare_credit(line):
        return Verdict("credit", "credit-bare")
    if line.words > _CAPTION_WORDS:
        return None
    mark = _credit_mark(line.plain[-_CREDIT_REACH:])
    if mark is not None:
        return Verdict("caption", f"caption-credit-{mark}")
    if " © " in line.plain and _INNER_MARK.search(line.plain):
        return Verdict("caption", "caption-copyright-mark")
    return Verdict("caption", "caption-start") if _START.match(line.plain) else None


def _credit_mark(end: str) -> str | None:
    """How the end of a line credits a picture: in brackets, after a label, by an agency's name; null where it does not."""
    if end[-3:].rstrip(" .,").endswith((")", "]")) and _END_BRACKET.search(end):
        return "bracket"
    lower = end.lower()
    if any(word in lower for word in _CREDIT_HINTS) and _END_LABEL.search(end):
        return "label"
    return "agency" if _LAST_NAME.search(end[-_NAME_REACH:]) and _END_AGENCY.search(end) else None


def looks_like_caption(line: Line) -> bool:
    """It dates what a picture shows, or says who stands on which side of it.

    Not enough by itself: a credit must follow.
    """
    return line.words <= _CAPTION_WORDS and bool(_DAY.search(line.plain) or _SIDE.search(line.plain))


def could_be_caption(line: Line) -> bool:
    """It is short, and one sentence: before a credit, and where no mark-up tells, it stands under a picture."""
    if looks_like_caption(line):
        return True
    return line.words <= _PLAIN_CAPTION_WORDS and _SENTENCE_BREAK.search(line.plain) is None and '"' not in line.plain
