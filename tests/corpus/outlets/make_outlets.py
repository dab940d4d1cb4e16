"""Builds the pages of the ten invented outlets, each in its own mark-up and charset, and what each line of them is.

usage: python tests/corpus/outlets/make_outlets.py

Every skin is written the way a kind of real outlet writes its pages (a blog system, a component library, tables of the
nineties …), and holds every kind of widget. `labels.json` says of each widget which class it is.
"""

# ruff: noqa: E501 - mark-up and printed lines stand as they are read

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent

# The words of each widget, by class; {outlet} and {author} are filled in. Several lines where a widget has several.
WIDGETS: dict[str, list[str]] = {
    "navigation": ["Home", "Politics", "World", "Sport", "Weather"],
    "cookie": ["We use cookies to remember you and to count visits.", "Accept all"],
    "advertisement": ["Advertisement"],
    "share": ["Share on Facebook", "Share on Telegram", "Copy link"],
    "subscribe": ["Sign up for the {outlet} newsletter and get our morning briefing in your inbox."],
    "donation": [
        "We need your help now",
        "Please consider making a donation so that {outlet} can keep its newsroom open.",
    ],
    "read_also": [
        "READ: How the old lighthouse keeper counted ships",
        "READ: Ten questions about the winter timetable",
    ],
    "author_bio": ["{author} is a reporter for {outlet} who writes about towns, rivers and the people between them."],
    "comments": [
        "14 Comments",
        "Leave a Reply",
        "Your email address will not be published.",
        "Great report, thanks for staying on it.",
    ],
    "section": ["Tags: rescue, region, weather"],
    "contact": ["Contact the author: desk@outlet.example"],
    "copyright": ["© 2031 {outlet}. All rights reserved."],
}
RELATED = [
    "Ten pictures of the old harbour fair",
    "Council votes on the night bus again",
    "What the new timetable means for you",
]


def paragraphs(lines: list[str], tag: str = "p", attributes: str = "") -> str:
    """Each line in an element of its own."""
    return "\n".join(f"<{tag}{attributes}>{line}</{tag}>" for line in lines)


def items(lines: list[str], attributes: str = "") -> str:
    """A list of links."""
    return (
        f"<ul{attributes}>"
        + "".join(f'<li><a href="/{number}">{line}</a></li>' for number, line in enumerate(lines))
        + "</ul>"
    )


# How each outlet wraps each widget. "page" holds all of them; {name} stands for a widget, {story} for the paragraphs.
SKINS: list[dict[str, str]] = [
    {  # a blog system with its usual plug-ins
        "navigation": '<nav class="main-navigation" role="navigation">{0}</nav>',
        "cookie": '<div id="cookie-notice" class="cookie-bar">{0}</div>',
        "advertisement": '<div class="ad-container">{0}</div>',
        "share": '<div class="sharedaddy sd-sharing-enabled">{0}</div>',
        "subscribe": '<div class="newsletter-signup"><form>{0}<input type="email"></form></div>',
        "donation": '<div class="donation-appeal">{0}</div>',
        "read_also": "{0}",
        "author_bio": '<div class="author-bio">{0}</div>',
        "comments": '<div id="comments" class="comments-area">{0}</div>',
        "section": '<div class="tag-list">{0}</div>',
        "contact": '<p class="contact">{0}</p>',
        "copyright": '<div class="site-info">{0}</div>',
        "related": '<aside class="related-posts"><h3>You may also like</h3>{0}</aside>',
        "figure": '<figure class="wp-caption"><img src="a.jpg"><figcaption class="wp-caption-text">{caption}<span class="credit"> {credit}</span></figcaption></figure>',
        "page": '<body class="single single-post has-sidebar">{cookie}<header class="site-header">{navigation}</header><main><article class="post"><h1 class="entry-title">{title}</h1><div class="entry-meta"><span class="byline">By {author}</span> <time datetime="{published}">{day}</time></div>{share}{figure}<div class="entry-content">{story1}{advertisement}{read_also}{story2}</div>{section}{author_bio}{contact}</article>{donation}{subscribe}{comments}</main>{related}<footer class="site-footer">{copyright}</footer></body>',
    },
    {  # components with generated class names
        "navigation": '<header data-testid="header"><nav class="Nav_root__x1Yz">{0}</nav></header>',
        "cookie": '<div class="CookieBanner_wrap__a9" role="dialog">{0}</div>',
        "advertisement": '<div class="AdSlot_ad__f3" aria-label="advert">{0}</div>',
        "share": '<div class="ShareBar_list__k2">{0}</div>',
        "subscribe": '<section class="NewsletterPromo_box__c4">{0}</section>',
        "donation": '<section class="DonateBlock_root__p7">{0}</section>',
        "read_also": "{0}",
        "author_bio": '<div class="AuthorBio_text__q8">{0}</div>',
        "comments": '<section class="Comments_list__z3">{0}</section>',
        "section": '<div class="TagList_tags__b1">{0}</div>',
        "contact": '<div class="Contact_line__e5">{0}</div>',
        "copyright": '<footer class="Footer_root__h6">{0}</footer>',
        "related": '<section class="RelatedStories_grid__j0"><h2>More stories</h2>{0}</section>',
        "figure": '<figure class="Image_figure__m2"><picture><img src="a.webp"></picture><figcaption class="Image_caption__n4">{caption}</figcaption><span class="Image_credit__o5">{credit}</span></figure>',
        "page": '<body><div id="__next"><div class="Layout_page__w1">{cookie}{navigation}<main class="Article_main__v2"><h1 class="Headline_h__t3">{title}</h1><div class="Byline_by__s4">By {author}</div><time datetime="{published}">{day}</time>{share}{figure}<div class="ArticleBody_body__r5">{story1}{advertisement}{read_also}{story2}{section}</div>{author_bio}{contact}{donation}{subscribe}</main>{comments}{related}{copyright}</div></div></body>',
    },
    {  # tables and line breaks of the nineties
        "navigation": '<tr><td colspan="3" class="menu">{0}</td></tr>',
        "cookie": '<div class="cookies">{0}</div>',
        "advertisement": '<div class="banner">{0}</div>',
        "share": '<div class="social">{0}</div>',
        "subscribe": '<div class="subscribe">{0}</div>',
        "donation": '<div class="donate">{0}</div>',
        "read_also": "{0}",
        "author_bio": '<div class="bio">{0}</div>',
        "comments": '<div class="comment-list">{0}</div>',
        "section": '<div class="tags">{0}</div>',
        "contact": '<div class="contact">{0}</div>',
        "copyright": '<tr><td colspan="3" class="footer">{0}</td></tr>',
        "related": '<td class="sidebar" width="160"><b>Most read</b>{0}</td>',
        "figure": '<div class="photo"><img src="a.jpg"><br><div class="caption">{caption}</div><div class="credit">{credit}</div></div>',
        "page": '<body bgcolor="white">{cookie}<table width="900">{navigation}<tr><td width="120">{advertisement}</td><td><h1>{title}</h1><div class="byline">By {author}</div><div class="date">{day}</div>{share}{figure}{story1}{read_also}{story2}{section}{author_bio}{contact}{donation}{subscribe}{comments}</td>{related}</tr>{copyright}</table></body>',
    },
    {  # one form around the whole page
        "navigation": '<div id="ctl00_Menu" class="topmenu menu">{0}</div>',
        "cookie": '<div id="ctl00_cookieConsent">{0}</div>',
        "advertisement": '<div id="div-gpt-ad-31">{0}</div>',
        "share": '<div id="ctl00_share" class="share-tools">{0}</div>',
        "subscribe": '<div id="ctl00_subscribeBox" class="subscription">{0}</div>',
        "donation": '<div class="support-us">{0}</div>',
        "read_also": "{0}",
        "author_bio": '<div class="about-author">{0}</div>',
        "comments": '<div id="disqus_thread">{0}</div>',
        "section": '<div class="topics">{0}</div>',
        "contact": '<div class="contact-us">{0}</div>',
        "copyright": '<div id="ctl00_footer" class="copyright">{0}</div>',
        "related": '<div class="mostRead"><h4>Most read</h4>{0}</div>',
        "figure": '<div class="leadImage"><img src="a.jpg"><span class="imageCaption">{caption}</span><span class="imageCredit">{credit}</span></div>',
        "page": '<body><form method="post" id="aspnetForm">{navigation}{cookie}<div id="ctl00_content"><h1>{title}</h1><div class="author">By {author}</div><div class="timestamp">{day}</div>{share}{figure}<div class="articleBody" itemprop="articleBody">{story1}{advertisement}{read_also}{story2}</div>{section}{author_bio}{contact}{donation}{subscribe}{comments}</div>{related}{copyright}</form></body>',
    },
    {  # mark-up by meaning, hardly a class
        "navigation": "<header><nav>{0}</nav></header>",
        "cookie": '<dialog open id="consent">{0}</dialog>',
        "advertisement": '<aside aria-label="ad">{0}</aside>',
        "share": '<menu class="share">{0}</menu>',
        "subscribe": '<form action="/subscribe" class="newsletter">{0}</form>',
        "donation": '<aside class="donations">{0}</aside>',
        "read_also": "{0}",
        "author_bio": '<aside class="bio">{0}</aside>',
        "comments": '<section id="comments">{0}</section>',
        "section": '<footer class="tags">{0}</footer>',
        "contact": "<address>{0}</address>",
        "copyright": "<footer>{0}</footer>",
        "related": "<aside><h2>Most popular</h2>{0}</aside>",
        "figure": "<figure><img src=a.jpg><figcaption>{caption} <small>{credit}</small></figcaption></figure>",
        "page": "<body>{cookie}{navigation}<main><article><header><h1>{title}</h1><p>By {author}</p><p><time datetime='{published}'>{day}</time></p></header>{figure}{story1}{advertisement}{read_also}{story2}{section}</article>{author_bio}{contact}{share}{donation}{subscribe}{comments}</main>{related}{copyright}</body>",
    },
    {  # utility classes that say nothing
        "navigation": '<div class="flex gap-4 md:hidden" role="navigation">{0}</div>',
        "cookie": '<div class="fixed bottom-0 z-50 p-4 cookie">{0}</div>',
        "advertisement": '<div class="my-4 text-xs text-gray-400">{0}</div>',
        "share": '<div class="flex space-x-2 text-sm">{0}</div>',
        "subscribe": '<div class="rounded bg-gray-100 p-6">{0}</div>',
        "donation": '<div class="border-2 p-6">{0}</div>',
        "read_also": "{0}",
        "author_bio": '<div class="mt-8 flex items-center author-card">{0}</div>',
        "comments": '<div class="mt-12" id="comments">{0}</div>',
        "section": '<div class="mt-2 text-xs">{0}</div>',
        "contact": '<div class="text-xs">{0}</div>',
        "copyright": '<div class="bg-black text-white p-8" role="contentinfo">{0}</div>',
        "related": '<div class="grid grid-cols-3 gap-4"><h2 class="col-span-3">Related stories</h2>{0}</div>',
        "figure": '<figure class="my-6 overflow-hidden"><img src="a.jpg"><figcaption class="text-sm text-gray-500">{caption} {credit}</figcaption></figure>',
        "page": '<body class="antialiased overflow-hidden">{cookie}{navigation}<div class="max-w-prose mx-auto"><h1 class="text-4xl font-bold">{title}</h1><div class="text-sm">By {author}</div><div class="text-sm">{day}</div>{share}{figure}<div class="prose prose-lg">{story1}{advertisement}{read_also}{story2}</div>{section}{author_bio}{contact}{subscribe}{donation}</div>{comments}{related}{copyright}</body>',
    },
    {  # a mobile copy
        "navigation": '<amp-sidebar id="sidebar" class="nav"><nav>{0}</nav></amp-sidebar>',
        "cookie": '<amp-user-notification id="consent" class="gdpr">{0}</amp-user-notification>',
        "advertisement": '<div class="amp-ad-wrapper ad">{0}</div>',
        "share": '<div class="amp-social social-share">{0}</div>',
        "subscribe": '<div class="amp-subscribe newsletter">{0}</div>',
        "donation": '<div class="appeal">{0}</div>',
        "read_also": "{0}",
        "author_bio": '<div class="author-info">{0}</div>',
        "comments": '<div class="amp-comments comments">{0}</div>',
        "section": '<div class="amp-tags tags">{0}</div>',
        "contact": '<div class="contact">{0}</div>',
        "copyright": '<footer class="amp-footer">{0}</footer>',
        "related": '<div class="amp-related related">{0}</div>',
        "figure": '<amp-img src="a.jpg"></amp-img><p class="amp-caption caption">{caption}</p><p class="credit">{credit}</p>',
        "page": '<body>{navigation}{cookie}<article class="amp-article"><h1>{title}</h1><p class="byline">By {author}</p><p class="post-date">{day}</p>{share}{figure}{story1}{advertisement}{read_also}{story2}{section}{author_bio}{contact}</article>{donation}{subscribe}{comments}{related}{copyright}</body>',
    },
    {  # blocks, elements and modifiers
        "navigation": '<nav class="o-header__nav o-header__nav--mobile">{0}</nav>',
        "cookie": '<div class="m-cookie-banner">{0}</div>',
        "advertisement": '<div class="c-advert c-advert--mpu">{0}</div>',
        "share": '<ul class="m-share__list">{0}</ul>',
        "subscribe": '<div class="m-subscribe m-subscribe--inline">{0}</div>',
        "donation": '<div class="m-donate__box">{0}</div>',
        "read_also": "{0}",
        "author_bio": '<div class="m-author-bio__text">{0}</div>',
        "comments": '<div class="o-comments__thread">{0}</div>',
        "section": '<div class="m-tags">{0}</div>',
        "contact": '<div class="m-contact">{0}</div>',
        "copyright": '<div class="o-footer__copyright">{0}</div>',
        "related": '<div class="o-recommended__grid">{0}</div>',
        "figure": '<figure class="m-image"><img src="a.jpg"><figcaption class="m-image__caption">{caption}</figcaption><div class="m-image__credit">{credit}</div></figure>',
        "page": '<body class="t-article">{navigation}{cookie}<div class="l-main"><div class="m-headline"><h1 class="m-headline__text">{title}</h1></div><div class="m-byline">By {author}</div><div class="m-dateline">{day}</div>{share}{figure}<div class="c-article-body">{story1}{advertisement}{subscribe}{story2}{read_also}</div>{section}{author_bio}{contact}{donation}{comments}</div>{related}{copyright}</body>',
    },
]
DAYS = {
    "2031-03-04": "March 4, 2031", "2031-05-12": "12 May 2031", "2031-01-23": "January 23, 2031", "2031-09-30": "30 September 2031", "2031-06-18": "June 18, 2031",
    "2031-02-11": "February 11, 2031", "2031-08-07": "August 7, 2031", "2031-11-02": "November 2, 2031", "2031-10-14": "2031-10-14", "2031-07-21": "2031-07-21",
}  # fmt: skip
# Skin, charset of the bytes, charset that the page declares.
PAGES = [
    ("harbour_post", 0, "utf-8", "utf-8"), ("meadow_courier", 1, "utf-8", "utf-8"), ("northgate_daily", 2, "iso-8859-1", "iso-8859-1"), ("tarn_herald", 3, "utf-8", "utf-8"),
    ("inland_wire", 4, "utf-16", "utf-16"), ("lakeside_gazette", 5, "utf-8", "utf-8"), ("southmoor_star", 6, "utf-8", "iso-8859-1"), ("capital_observer", 7, "cp1252", "utf-8"),
    ("pribrezhny", 0, "windows-1251", "windows-1251"), ("faro_de_bruma", 4, "iso-8859-1", "iso-8859-1"),
]  # fmt: skip


def build(story: dict, skin: dict[str, str], declared: str) -> str:
    """One page: a story in the clothes of an outlet."""
    filled: dict[str, str] = {}
    for name, lines in WIDGETS.items():
        words = [line.format(outlet=story["outlet"], author=story["author"]) for line in lines]
        inner = items(words) if name in {"navigation", "share"} else paragraphs(words)
        filled[name] = skin[name].format(inner)
    half = len(story["text"]) // 2
    filled["figure"] = skin["figure"].format(caption=story["caption"], credit=story["credit"])
    filled["related"] = skin["related"].format(items(RELATED))
    body = skin["page"].format(
        **filled, title=story["title"], author=story["author"], published=story["published"], day=DAYS[story["published"][:10]],
        story1=paragraphs(story["text"][:half]), story2=paragraphs(story["text"][half:]),
    )  # fmt: skip
    script = "<script>var adverts = '<p>A toll of 9,999 that no reader sees.</p>';</script><style>.x{color:red}</style>"
    head = f'<head><meta charset="{declared}"><title>{story["title"]} | {story["outlet"]}</title><meta property="og:site_name" content="{story["outlet"]}"><meta property="article:published_time" content="{story["published"]}"><meta name="author" content="{story["author"]}">{script}</head>'
    return f"<!DOCTYPE html><html>{head}{body}</html>"


def main() -> None:
    """Write all pages beside this file."""
    stories = json.loads((HERE / "stories.json").read_text("utf-8"))
    labels = []
    for story, (name, skin, charset, declared) in zip(stories, PAGES, strict=True):
        page = build(story, SKINS[skin], declared)
        (HERE / f"{name}.html").write_bytes(page.encode(charset, "xmlcharrefreplace"))
        words = {
            kind: [line.format(outlet=story["outlet"], author=story["author"]) for line in lines]
            for kind, lines in WIDGETS.items()
        }
        labels.append(
            {
                "file": f"{name}.html",
                "charset": charset,
                "declared": declared,
                **story,
                "widgets": words,
                "related": RELATED,
            }
        )
    (HERE / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
