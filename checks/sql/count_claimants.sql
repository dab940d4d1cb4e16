-- Claimants that no figure names any more go; the others know how often they are named, and as what kind of body.
CREATE OR REPLACE TEMP TABLE named AS
SELECT voice_id, claimant AS spelling, count(*)::INTEGER AS figures, min(claimant_kind) AS kind
FROM core.figures WHERE claimant IS NOT NULL GROUP BY voice_id, claimant;

DELETE FROM core.claimants WHERE (voice_id, spelling) NOT IN (SELECT (voice_id, spelling) FROM named);

UPDATE core.claimants AS c SET figures = n.figures, kind = n.kind
FROM named AS n
WHERE n.voice_id = c.voice_id AND n.spelling = c.spelling AND (c.figures <> n.figures OR c.kind IS DISTINCT FROM n.kind);

DROP TABLE named;
