-- The articles of one page.
CREATE OR REPLACE TEMP TABLE leaving_articles AS
SELECT article_id, page_id, url FROM core.articles WHERE page_id = $1;
