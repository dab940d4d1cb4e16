"""From an article to its figures."""
