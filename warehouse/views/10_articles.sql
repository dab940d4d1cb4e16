-- One row: one version of one article.
CREATE VIEW articles AS
SELECT
    article_id,      -- Id of this version: a hash of the page and its wording
    page_id,         -- Id of the page, the same for all its versions: a hash of its address
    url,             -- Canonical address; for files file:<source>/<path inside the source>
    outlet,          -- Who published it
    source,          -- Name of the source that it was read from
    title,           -- Headline
    author,          -- Author as the page names them
    published_at,    -- When it was published, UTC; null = the page does not say
    published_from,  -- Where published_at was found; where that is null, what bounds it
    fetched_at,      -- When this version was read first
    language,        -- Language code of the text
    text,            -- Clean text without title and captions, paragraphs parted by newlines
    words,           -- Number of words in the text
    story_id,        -- Story that the article belongs to
    version,         -- 1 for the page's first version read, 2 for the next
    is_latest,       -- True for the version of the page that was seen last
    copy_of,         -- article_id of the article that this one repeats nearly word for word
    syndication_id,  -- Id shared by all copies of one agency or press text
    captions,        -- The page's picture captions, parted by newlines
    origin,          -- Agency that the text credits
    modified_at,     -- When the page says it was changed last
    canonical_url,   -- What the page itself says its address is
    last_seen_at,    -- When this version was seen last
    gone_at,         -- When the page was found to have vanished; null = still there
    extractor        -- Version of the extractor that read its figures
FROM core.articles;
