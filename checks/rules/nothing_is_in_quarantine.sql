-- nothing_is_in_quarantine: warning
-- One row: one article that was kept apart because its rows broke a rule.
SELECT article_id, url, rule, detail FROM core.quarantine
