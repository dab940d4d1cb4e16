"""From an article to its figures."""

from extract.figures.engine import find_figures
from extract.figures.model import LanguageModel, load_model

__all__ = ["LanguageModel", "find_figures", "load_model"]
