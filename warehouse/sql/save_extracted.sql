-- Articles with their blocks and figures. An article that is there as it came only moves last_seen_at.
INSERT INTO core.blocks
SELECT b.* FROM incoming_blocks AS b WHERE b.article_id IN (SELECT article_id FROM fresh)
ORDER BY b.article_id, b.block_no;

INSERT INTO core.figures
SELECT f.* FROM incoming_figures AS f WHERE f.article_id IN (SELECT article_id FROM fresh)
ORDER BY f.article_id, f.field, f.char_start;

-- What a page says of itself is taken from its first reading, whichever reading is loaded first.
MERGE INTO core.articles AS a USING incoming_articles AS i ON a.article_id = i.article_id
WHEN MATCHED AND (i.extractor <> a.extractor OR i.fetched_at < a.fetched_at) THEN UPDATE SET
    canonical_url = i.canonical_url, outlet = i.outlet, source = i.source, author = i.author,
    published_at = i.published_at, published_from = i.published_from, modified_at = i.modified_at,
    fetched_at = least(a.fetched_at, i.fetched_at), last_seen_at = greatest(a.last_seen_at, i.last_seen_at), gone_at = NULL,
    language = i.language, words = i.words, origin = i.origin, extractor = i.extractor
WHEN MATCHED AND i.last_seen_at > a.last_seen_at THEN UPDATE SET last_seen_at = i.last_seen_at, gone_at = NULL
WHEN NOT MATCHED THEN INSERT;

-- Versions are counted by first reading; the latest is the one seen last, for a page may go back to its old words.
UPDATE core.articles AS a SET version = v.version, is_latest = v.is_latest
FROM (
    SELECT
        article_id,
        row_number() OVER (PARTITION BY page_id ORDER BY fetched_at, published_at NULLS FIRST, article_id) AS version,
        row_number() OVER (PARTITION BY page_id ORDER BY last_seen_at DESC, fetched_at DESC, published_at DESC NULLS LAST, article_id DESC) = 1
            AS is_latest
    FROM core.articles
    WHERE page_id IN (SELECT page_id FROM incoming_articles)
) AS v
WHERE v.article_id = a.article_id AND (v.version <> a.version OR v.is_latest <> a.is_latest);

DELETE FROM core.quarantine WHERE article_id IN (SELECT article_id FROM incoming_articles);
