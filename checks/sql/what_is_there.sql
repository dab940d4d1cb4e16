-- One row: the names of what the batch at hand has any of.
SELECT list_filter(
    [
        CASE WHEN (SELECT count(*) FROM withdrawn) > 0 THEN 'withdrawn' END,
        CASE WHEN (SELECT count(*) FROM statements WHERE NOT is_latest) > 0 THEN 'former' END,
        CASE WHEN (SELECT count(*) FROM article_pairs) > 0 THEN 'article_pairs' END,
        CASE WHEN (SELECT count(*) FROM insides) > 0 THEN 'insides' END,
        CASE WHEN (SELECT count(*) FROM standing WHERE part_of IS NOT NULL) > 0 THEN 'stated_parts' END,
        CASE WHEN (SELECT count(*) FROM sums) > 0 THEN 'sums' END,
        CASE WHEN (SELECT count(*) FROM sum_wholes) > 0 THEN 'sum_wholes' END,
        CASE WHEN (SELECT count(*) FROM pairs) > 0 THEN 'pairs' END,
        CASE WHEN (SELECT count(*) FROM scopes) > 1 THEN 'scopes' END,
        CASE WHEN (SELECT count(*) FROM scoped) > 1 THEN 'voices_meeting' END
    ],
    lambda name: name IS NOT NULL
) AS there
