-- One row: one contradiction that stands: a relation of a contradicting kind, open or confirmed.
-- Columns as in relations.
CREATE VIEW contradictions AS
SELECT *
FROM relations
WHERE
    kind IN (
        'internal_conflict', 'source_conflict', 'retraction', 'decrease', 'revision',
        'part_exceeds_whole', 'sum_mismatch', 'scope_drift', 'tension'
    )
    AND status IN ('open', 'confirmed');
