"""Photo credits and captions: who made a picture, and the words that stand under it."""

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
_CREDIT_WORD = r"(?:credits?|sources?|courtesy(?: of)?|by|via|copyright|©|from)"
# The whole line is a credit.
_BARE_LABEL = re.compile(
    rf"^[\[(]?(?:{_LABEL}(?: ?{_CREDIT_WORD}){{0,2}} ?[:/|–—-]|{_LABEL} (?:{_CREDIT_WORD} ){{1,2}}|(?:credits?|courtesy(?: of)?|source) ?[:/|]"
    r"|courtesy of |©|via )",
    re.IGNORECASE,
)
_BARE_AGENCY = re.compile(
    rf"^[\[(]?[^.!?\[(]{{0,80}}?(?:(?:[/|,–—-]|\bvia\b|\bfor\b|\bof\b) ?|^[\[(]?){_AGENCY}(?:\s*[/|,]\s*[^.!?,]{{1,30}}){{0,3}}[\])]?\.?$"
)
# The line ends in a credit: what stands before it is a caption.
_END_BRACKET = re.compile(
    rf"[\[(](?:[^\[\]()]{{0,80}}[/|,:] ?{_AGENCY}[^\[\]()]{{0,40}}|{_AGENCY} ?(?:[/|,:–—-] ?[^\[\]()]{{1,60}}|photo[^\[\]()]{{0,40}})"
    rf"|(?:{_LABEL}|credits?|courtesy|file|via)\b[^\[\]()]{{0,80}}|{_AGENCY})[\])]\W{{0,2}}$",
    re.IGNORECASE,
)
_END_LABEL = re.compile(
    rf"(?:[.,;:!?”\"')–—-]|\s[|/])\s{{0,2}}(?:{_LABEL} ?(?:{_CREDIT_WORD} ?)?[:/|–—-]|{_LABEL} (?:{_CREDIT_WORD} )|credits?:|courtesy of |©) ?[^.!?]{{2,60}}\.?$",
    re.IGNORECASE,
)
_END_AGENCY = re.compile(
    rf"[.,;|–—]\s{{0,2}}(?:[\w.'-]{{1,20}}(?: [\w.'-]{{1,20}}){{0,3}} ?[/|] ?)?{_AGENCY}(?: ?[/|] ?[\w.' -]{{2,40}}){{0,3}}\W{{0,2}}$"
)
_INNER_MARK = re.compile(r"[^\s(] © [\w‘'\"“]")
# The line begins as captions do.
_START = re.compile(
    rf"^(?:(?:{_LABEL}|caption|pictured|file|above|below|left|right|clockwise|cover)(?: (?:above|below|left|right|shows?))?\s?(?:[:,|–—-]|\) ?)\s?"
    r"|(?:FILE|File) ?(?:[-–—:]|photo)|(?:pictured|clockwise|seen) (?:here|above|below|from)|(?:this|an?|the) (?:\w{1,20} ){0,4}"
    r"(?:photo|photograph|image|picture|video|screenshot|screengrab|grab|still|view|handout|satellite image|drone \w{1,10})"
    r"(?: \w{1,20}){0,8}?(?:,| on \w{3,9} \d{1,2}, \d{4},?)? (?:shows?|showing|shot|taken|released|provided|made available)\b)",
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
_SHOWING = re.compile(
    r"^(?:\S+ ){1,9}?(?:\w{2,}[^s\W]s|are|is|pass|attend|gather|walk|stand|wait|hold|carry|board|patrol|shake|look|march|pose|protest|sit|inspect|watch"
    r"|react|ride|queue|cross|search|work|take|leave|listen|speak|arrive|\w{3,}ing) ",
    re.IGNORECASE,
)
_CAPTION_WORDS = 70
_CREDIT_WORDS = 14


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
    end = line.plain[-160:]
    for name, pattern in (("bracket", _END_BRACKET), ("label", _END_LABEL), ("agency", _END_AGENCY)):
        if pattern.search(end):
            return Verdict("caption", f"caption-credit-{name}")
    if _INNER_MARK.search(line.plain):
        return Verdict("caption", "caption-copyright-mark")
    if _START.match(line.plain):
        return Verdict("caption", "caption-start")
    return None


def looks_like_caption(line: Line) -> bool:
    """It may stand under a picture: it dates what it shows, says who stands where, or tells in the present tense.

    Not enough by itself: a credit must follow.
    """
    if line.words > _CAPTION_WORDS:
        return False
    return bool(
        _DAY.search(line.plain) or _SIDE.search(line.plain) or _SHOWING.match(line.plain) or not line.ends_sentence
    )
