-- One row: one article that was kept out because its rows broke a rule.
CREATE VIEW quarantine AS
SELECT
    article_id,     -- Id that the article would have
    url,            -- Its address
    rule,           -- The rule that it broke, by name
    detail,         -- What was found
    quarantined_at  -- When
FROM core.quarantine;
