-- claimants_have_a_voice: critical, over figures
-- One row: one figure of a latest article whose claimant is in no list of voices.
SELECT f.figure_id, f.claimant, f.voice_id
FROM core.figures AS f
JOIN core.articles AS a USING (article_id)
ANTI JOIN core.claimants AS c ON c.voice_id = f.voice_id AND c.spelling = f.claimant
WHERE a.is_latest AND f.claimant IS NOT NULL
