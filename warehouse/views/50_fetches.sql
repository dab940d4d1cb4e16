-- One row: one attempt to read one address or file.
CREATE VIEW fetches AS
SELECT
    run_id,        -- Run that made the attempt
    url,           -- Address or file
    source,        -- Source that led there
    fetched_at,    -- When
    outcome,       -- page (bytes were read), unchanged (the same as stored) or skipped
    reason,        -- Why it was skipped, by name; empty otherwise
    detail,        -- What was found, and what can be done
    status,        -- HTTP status of the last answer; null for files and where none came
    size_bytes,    -- Size of the body as read, in bytes
    seconds,       -- How long it took
    sha256,        -- SHA-256 of the bytes
    etag,          -- The server's mark of this version
    last_modified, -- The server's word on when it changed
    page_url       -- The page that the address leads to, at the end of its redirects; articles of that url were read from it
FROM core.fetches;
