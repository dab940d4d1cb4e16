-- One row: one story at hand with all spellings of its claimants.
SELECT a.story, list_sort(list(DISTINCT f.claimant)) AS spellings
FROM core.figures AS f
JOIN (FROM core.articles JOIN batch USING (page_id)) AS a USING (article_id)
WHERE f.claimant IS NOT NULL
GROUP BY a.story
ORDER BY a.story;
