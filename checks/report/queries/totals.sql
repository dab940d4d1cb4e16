-- One row: how much the warehouse holds.
SELECT
    (SELECT count(*) FROM articles WHERE is_latest) AS articles,
    (SELECT count(*) FROM articles) AS versions,
    (SELECT count(DISTINCT outlet) FROM articles) AS outlets,
    (SELECT count(*) FROM stories) AS stories,
    (SELECT count(*) FROM figures WHERE is_latest) AS figures,
    (SELECT count(*) FROM figures WHERE is_latest AND trackable) AS tracked,
    (SELECT count(*) FROM contradictions) AS contradictions,
    (SELECT count(*) FROM contradictions WHERE severity = 'high') AS high,
    (SELECT count(*) FROM contradictions WHERE severity = 'medium') AS medium,
    (SELECT count(*) FROM contradictions WHERE severity = 'low') AS low,
    (SELECT max(started_at) FROM runs) AS last_run_at
