"""From a page to an article: nothing but the article, and every dropped line with its reason."""

from extract.clean.article import clean_page
from extract.clean.copies import Copy, Signed, find_copies, signature
from extract.clean.furniture import drop_furniture

__all__ = ["Copy", "Signed", "clean_page", "drop_furniture", "find_copies", "signature"]
