-- One row: one run of a flow.
CREATE VIEW runs AS
SELECT
    run_id,             -- Id of the run
    flow,               -- What ran: track, ingest, recheck, ...
    started_at,         -- When it began
    ended_at,           -- When it ended; null while it runs
    state,              -- How it ended
    fetched,            -- Addresses and files tried: stored + unchanged + skipped
    stored,             -- Pages that became a new article or version
    unchanged,          -- Pages that were as stored
    skipped,            -- Pages that became no article
    skipped_by_reason,  -- The same by named reason
    figures,            -- Figures found in what was stored
    contradictions_new, -- Contradictions first seen in this run
    extractor,          -- Version of the extractor
    message             -- What else a person should know
FROM core.runs;
