-- One row: one story at hand with all spellings of its claimants.
SELECT b.story, list_sort(list(DISTINCT f.claimant)) AS spellings
FROM core.figures AS f
JOIN core.articles AS a USING (article_id)
JOIN batch AS b USING (page_id)
WHERE f.claimant IS NOT NULL
GROUP BY b.story
ORDER BY b.story;
