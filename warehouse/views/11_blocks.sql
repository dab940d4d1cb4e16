-- One row: one block of a page's visible text, kept or dropped.
CREATE VIEW blocks AS
SELECT
    article_id,  -- Version of the article that the block was read with
    block_no,    -- Place on the page, from 0
    text,        -- The block's words
    kept,        -- True where the block is part of the article's title, text or date line
    reason,      -- What the block is: text, title, date_line, or why it was dropped: donation, share, caption, ...
    rule         -- The rule that decided
FROM core.blocks;
