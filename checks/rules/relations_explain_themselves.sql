-- relations_explain_themselves: critical, over relations
-- One row: one relation without a sentence that says why, or a contradiction without a severity.
SELECT relation_id, kind, severity, explanation
FROM relations
WHERE coalesce(trim(explanation), '') = ''
    OR (severity IS NULL) <> (kind IN ('update', 'rounding', 'agreement'))
    OR severity NOT IN ('high', 'medium', 'low')
