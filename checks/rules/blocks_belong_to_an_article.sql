-- blocks_belong_to_an_article: critical, over blocks
-- One row: one block whose article is not there, or that says twice what stands in its place.
SELECT b.article_id, b.block_no, count(*) AS blocks
FROM core.blocks AS b
LEFT JOIN core.articles AS a USING (article_id)
GROUP BY b.article_id, b.block_no
HAVING count(*) > 1 OR count(a.article_id) = 0
