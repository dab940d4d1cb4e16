"""From mark-up to a tree, and from the tree to pieces: the page's visible text, block by block, with its structure.

Everything here is linear in the size of the page, and no step recurses: pages are hostile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from lxml import etree
from lxml.etree import _Element

from extract.clean.structure import (
    BLOCK_TAGS,
    BREAKING,
    CELL_TAGS,
    ROLE_EVIDENCE,
    TAG_EVIDENCE,
    UNSEEN_TAGS,
    evidence_of_name,
)

# Longer class attributes are cut: what they say is remembered, and pages are hostile.
_NAME_REACH = 400
_TELLING = frozenset({"role", "itemprop", "hidden", "style"})
_TAG_FOUND = {tag: frozenset((name,)) for tag, name in TAG_EVIDENCE.items()}
# Tags whose class names tell nothing of the text.
_PLAIN_TAGS = frozenset({"a", "b", "i", "em", "strong", "u", "sup", "sub", "small", "br", "font", "img", "hr", "wbr"})
# Tags inside a line that may hold a label of their own.
_LABEL_TAGS = frozenset({"span", "small", "time", "cite"})
_CELL_MARK = "\0"  # no parsed text can hold one
# libxml2 cuts a tree at 256 levels, says so with these words, and loses the text below.
_TOO_DEEP = "xcessive depth"
_ANY_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>?")
_NOTHING: frozenset[str] = frozenset()
_OPENING = re.compile(r"<(script|style|noscript|svg|template)(?=[\s/>])|<!--", re.IGNORECASE)
_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAPITALS = re.compile("[A-Z]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)


@dataclass(slots=True)
class Frame:
    """An element that says something about what stands inside it."""

    parent: Frame | None
    tag: str
    evidence: frozenset[str]
    number: int


@dataclass(slots=True)
class Piece:
    """One block of visible text with where it stands.

    link_chars: how many of its characters are inside links
    """

    text: str
    tag: str
    frame: Frame
    link_chars: int = 0


def strip_unseen(markup: str) -> tuple[str, list[str]]:
    """The mark-up without scripts, styles and comments, and the JSON-LD that stood in it.

    An element that is never closed swallows the rest, as it does in a browser; so the scan is linear.
    """
    kept: list[str] = []
    json_ld: list[str] = []
    position = 0
    lower = ""
    while match := _OPENING.search(markup, position):
        kept.append(markup[position : match.start()])
        name = match[1]
        if name is None:
            end = markup.find("-->", match.end())
            position = len(markup) if end < 0 else end + 3
            continue
        lower = lower or _in_small(markup)
        end = lower.find(f"</{name.lower()}", match.end())
        body_end = len(markup) if end < 0 else end
        if name.lower() == "script":
            tag_end = markup.find(">", match.end())
            if 0 <= tag_end < body_end and _JSON_LD.search(markup, match.end(), tag_end):
                json_ld.append(markup[tag_end + 1 : body_end])
        close = markup.find(">", body_end)
        position = len(markup) if end < 0 or close < 0 else close + 1
    kept.append(markup[position:])
    return "".join(kept), json_ld


def _in_small(markup: str) -> str:
    """The mark-up in small letters, at least those of its tags, with all offsets as they were."""
    lower = markup.lower()
    # a few capitals grow when lowered, and offsets with them
    return lower if len(lower) == len(markup) else _CAPITALS.sub(lambda run: run[0].lower(), markup)


def parse_body(markup: str) -> tuple[_Element, _Element] | None:
    """The page's tree and its body; null where there is none, or one so deep that the parser lost text."""
    # lxml.html has a parser of its own, whose elements take three times as long to visit.
    parser = etree.HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(_DECLARATION.sub("", markup), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if tree is None or any(_TOO_DEEP in error.message for error in parser.error_log):
        return None
    body = tree.find("body")
    return None if body is None else (tree, body)


def take_off_tags(markup: str) -> str:
    """The text of a page that no parser reads: every tag is a line end."""
    return unescape(_ANY_TAG.sub("\n", markup))


def find_evidence(element: _Element, tag: str) -> frozenset[str]:
    """What an element's tag, class, id, role and style say about the text inside it."""
    found = _TAG_FOUND.get(tag, _NOTHING)
    for key, value in element.items():
        if key in {"class", "id"}:
            found |= evidence_of_name(value[:_NAME_REACH])
        elif key in _TELLING:
            found |= _evidence_of_attribute(key, str(value))
    return found


def _evidence_of_attribute(key: str, value: str) -> frozenset[str]:
    if key == "role":
        return frozenset((ROLE_EVIDENCE[value],)) if value in ROLE_EVIDENCE else _NOTHING
    if key == "itemprop":
        return frozenset(("body",)) if value == "articleBody" else _NOTHING
    hides = key == "hidden" or _HIDING_STYLE.search(value[:2000]) is not None
    return frozenset(("hidden",)) if hides else _NOTHING


class _Reader:
    """Walks a tree once and cuts its text into pieces at block tags."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.frames: list[Frame] = []
        self.frame = self._new_frame(None, "body", _NOTHING)
        self.tags = ["body"]
        self.words: list[str] = []
        self.link_chars = 0
        self.links_open = 0
        # Where the line began, and whether it went on in another frame.
        self.line_frame: Frame | None = None
        self.is_mixed = False

    def _new_frame(self, parent: Frame | None, tag: str, evidence: frozenset[str]) -> Frame:
        frame = Frame(parent, tag, evidence, len(self.frames))
        self.frames.append(frame)
        return frame

    def add(self, words: str) -> None:
        """Take words of the line that is being read."""
        if words.isspace():
            if self.words:  # white space parts words, and begins no line
                self.words.append(" ")
            return
        self.words.append(words)
        if self.links_open:
            self.link_chars += len(words.strip())
        if self.line_frame is None:
            self.line_frame = self.frame
        elif self.line_frame is not self.frame:
            self.is_mixed = True

    def cut(self) -> None:
        """End the line that is being read: it is a piece if it holds any word."""
        text = "".join(self.words)
        if _CELL_MARK in text:
            text = "\t".join(filter(None, (" ".join(cell.split()) for cell in text.split(_CELL_MARK))))
        else:
            text = " ".join(text.split())
        if text:
            frame = self.frame if self.is_mixed or self.line_frame is None else self.line_frame
            self.pieces.append(Piece(text, self.tags[-1], frame, min(self.link_chars, len(text))))
        self.words = []
        self.link_chars = 0
        self.line_frame, self.is_mixed = None, False

    def enter(self, element: _Element, tag: str) -> bool:
        """Go into an element. True if it ends the line that was being read."""
        evidence = _NOTHING if tag in _PLAIN_TAGS else find_evidence(element, tag)
        is_block = tag in BLOCK_TAGS or (tag in _LABEL_TAGS and not BREAKING.isdisjoint(evidence))
        if is_block:
            if self.words:
                self.cut()
            self.tags.append(tag)
        elif tag in CELL_TAGS:
            self.words.append(_CELL_MARK)
        elif tag == "a":
            self.links_open += 1
        if evidence or is_block:
            self.frame = self._new_frame(self.frame, tag, evidence)
        return is_block

    def leave(self, tag: str, frame: Frame, *, is_block: bool) -> None:
        """Come out of an element: what follows it belongs to its parent."""
        if is_block:
            if self.words:
                self.cut()
            self.tags.pop()
        elif tag in CELL_TAGS:
            self.words.append(_CELL_MARK)
        elif tag == "a":
            self.links_open -= 1
        self.frame = frame


def read_pieces(body: _Element) -> tuple[list[Piece], list[Frame]]:
    """All visible text under the body, in page order."""
    reader = _Reader()
    around: list[tuple[Frame, bool]] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            frame, is_block = around.pop()
            if tag not in UNSEEN_TAGS:
                reader.leave(tag, frame, is_block=is_block)
            words = element.tail if around else None
        elif tag in UNSEEN_TAGS:
            around.append((reader.frame, False))
            walk.skip_subtree()
            continue
        else:
            around.append((reader.frame, reader.enter(element, tag)))
            words = element.text
        if words:
            reader.add(words)
    if reader.words:
        reader.cut()
    return reader.pieces, reader.frames
