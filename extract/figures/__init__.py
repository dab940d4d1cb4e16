"""From an article to its figures."""

from extract.figures.engine import find_figures
from extract.figures.model import LanguageModel, extractor_version, load_model

__all__ = ["LanguageModel", "extractor_version", "find_figures", "load_model"]
