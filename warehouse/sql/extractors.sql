-- One row: one extractor version that read something stored.
SELECT DISTINCT extractor FROM core.articles;
