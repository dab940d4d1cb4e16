"""What a page's mark-up says about the words inside it: tags, class names, ids, roles.

Class names are read as words ("post-related__list" holds "related"), because outlets share words, not whole names.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

# Not drawn by a browser, so no part of the page's visible text.
UNSEEN_TAGS = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "svg", "math", "iframe", "object", "canvas", "audio"}
    | {"video", "datalist", "param", "source", "track", "map", "noframes", "noembed"}
)
# A word on either side of these is two words; all other tags run inside a line.
_BLOCK_NAMES = (
    "html body address article aside blockquote button caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr hgroup input label legend li main"
    " menu nav ol option p pre section"
    " select summary table tbody textarea tfoot thead tr ul br img picture embed amp-img"
)
BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
CELL_TAGS = frozenset({"td", "th"})
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

TAG_EVIDENCE: dict[str, str] = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "sidebar",
    "form": "form",
    "button": "button",
    "select": "form",
    "option": "form",
    "textarea": "form",
    "label": "form",
    "fieldset": "form",
    "figcaption": "caption",
    "header": "header",
    "dialog": "popup",
    "article": "article",
    "main": "main",
    "figure": "figure",
    "table": "table",
    "blockquote": "quote",
    "li": "list",
    "dl": "list",
    "address": "contact",
}
ROLE_EVIDENCE: dict[str, str] = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "search": "form",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "banner": "header",
    "dialog": "popup",
    "alertdialog": "popup",
    "button": "button",
    "main": "main",
    "article": "article",
    "tablist": "navigation",
}
_NAME_WORDS: dict[str, str] = {
    "navigation": (
        "nav navbar navigation menu submenu megamenu breadcrumb breadcrumbs pagination pager toc skip sitemap topbar"
        " masthead navlinks dropdown hamburger tabs tablist toolbar backlink subnav mainmenu sitelinks"
    ),
    "comments": "comment comments commentlist disqus respond replies reply discussion coral hyvor livefyre viafoura",
    "share": (
        "share shares sharing sharebar social socials sociable addtoany sharedaddy addthis follow"
        " likes facebook twitter"
    ),
    "read_also": (
        "related recommend recommended recommendation recommendations recirc recirculation trending popular taboola"
        " outbrain upnext readnext readmore seealso similar crosslinks inlinerelated alsolike mostread latest"
    ),
    "teaser": "teaser teasers card cards carousel slider swiper promo promos promobox tile tiles",
    "subscribe": (
        "newsletter newsletters subscribe subscription subscriptions signup mailchimp paywall optin regwall subscriber"
        " meter piano simplenews email mailinglist"
    ),
    "cookie": "cookie cookies consent gdpr onetrust ccpa cookiebar cookiebot",
    "advertisement": (
        "ad ads advert advertisement advertising advertorial adsense adslot adunit adcontainer sponsor sponsored"
        " sponsors promoted dfp gpt affiliate partner partners commercial banner adbox"
    ),
    "donation": "donate donation donations appeal contribute contribution fundraiser supportus membership",
    "author_bio": "bio authorbio authorbox authorinfo aboutauthor biography authorcard vcard",
    "author": "author authors byline contributor writer",
    "caption": "caption captions figcaption imagecaption cutline",
    "credit": "credit credits photocredit imagecredit photographer",
    "copyright": "copyright legal disclaimer colophon",
    "contact": "contact contacts contactus",
    "sidebar": "sidebar widget widgets aside rail",
    "section": "tags taglist tagcloud categories category kicker eyebrow topics topic keywords",
    "meta": "meta postmeta entrymeta dateline timestamp published pubdate readtime datetime",
    "footer": "footer foot footnav bottombar",
    "header": "siteheader header head topnav",
    "popup": "modal popup overlay lightbox toast popover drawer tooltip flyout offcanvas",
    "hidden": "hidden visuallyhidden invisible hide sr offscreen screenreader",
    "form": "form search searchform searchbox login signin captcha wpcf7 gform hsform",
    "body": "articlebody storybody entrycontent postcontent articlecontent postbody storycontent",
    "cta": "cta",
    "product": "product products price pricing shop buy cart",
    "quote": "pullquote",
    "faq": "faq faqs accordion",
}
_EVIDENCE_OF_WORD = {word: name for name, words in _NAME_WORDS.items() for word in words.split()}
# Two neighbouring words that mean more together than apart: "entry-content", "author-bio", "read-more".
_EVIDENCE_OF_PAIR: dict[tuple[str, str], str] = {
    tuple(pair.split("-")): name  # type: ignore[misc]  # every pair below has exactly one hyphen
    for name, pairs in {
        "body": (
            "entry-content post-content article-content article-body story-body post-body page-content main-content"
            " content-body body-content story-content article-text single-content blog-content rich-text entry-body"
            " body-text body-copy story-text"
        ),
        "author_bio": (
            "author-bio author-box author-info about-author author-card author-profile author-description post-author"
        ),
        "read_also": (
            "read-more read-next read-also see-also also-like you-may more-from more-stories more-news more-on up-next"
            " most-read most-popular most-viewed further-reading next-post prev-post previous-post post-navigation"
            " next-article latest-news latest-posts recent-posts top-stories editors-picks"
        ),
        "subscribe": "sign-up email-signup opt-in mailing-list mc-embed",
        "donation": "support-us",
        "section": "tag-list post-tags entry-tags article-tags tag-links cat-links",
        "meta": "post-meta entry-meta article-meta read-time reading-time post-date entry-date date-time publish-date",
        "hidden": "sr-only visually-hidden screen-reader",
        "navigation": "table-contents on-page jump-to skip-link back-top back-to site-nav lang-switcher",
        "author": "written-by posted-by",
        "header": "site-header page-header main-header global-header top-bar",
        "footer": "site-footer page-footer global-footer main-footer",
        "product": "add-cart",
    }.items()
    for pair in pairs.split()
}
# Utility classes that lay out and say nothing: "md:hidden" is shown on small screens.
_LAYOUT = ("overflow-", "text-", "bg-", "flex-", "grid-", "col-", "hover-", "backface-")
# Inside a line, too, what is named so is a block of its own.
BREAKING = frozenset({"caption", "credit", "author", "meta"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+")


_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=20_000)
def evidence_of_name(name: str) -> frozenset[str]:
    """What a class or id attribute says: "c-article-body js-share" -> {"body", "share"}."""
    found = _NOTHING
    for token in name.split():
        found |= _evidence_of_token(token)
    return found


@lru_cache(maxsize=20_000)  # pages share single names far oftener than whole attributes
def _evidence_of_token(token: str) -> frozenset[str]:
    if ":" in token or token.startswith(_LAYOUT):
        return _NOTHING
    lower = token.lower()
    words = _WORD.findall(lower if lower == token else _CAMEL.sub("-", token).lower())
    found = {_EVIDENCE_OF_WORD[word] for word in words if word in _EVIDENCE_OF_WORD}
    if len(words) > 1:
        found.update(_EVIDENCE_OF_PAIR[pair] for pair in itertools.pairwise(words) if pair in _EVIDENCE_OF_PAIR)
    return frozenset(found)
