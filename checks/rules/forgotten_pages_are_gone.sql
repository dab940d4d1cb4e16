-- forgotten_pages_are_gone: critical, over articles
-- One row: one article of a page that a person had removed.
SELECT a.article_id, a.url FROM core.articles AS a SEMI JOIN core.forgotten AS f USING (page_id)
