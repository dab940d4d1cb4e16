-- One row: one claimant with its spellings.
SELECT voice_id, any_value(name) AS name, any_value(kind) AS kind, list(DISTINCT spelling ORDER BY spelling) AS spellings, sum(figures)::BIGINT AS figures
FROM claimants
GROUP BY voice_id
ORDER BY figures DESC, name, voice_id
LIMIT 1000
