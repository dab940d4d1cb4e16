"""From a page to an article: nothing but the article, and every dropped line with its reason."""
