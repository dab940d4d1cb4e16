-- What a newer extractor replaces: the figures, and the blocks where the page itself was read again.
DELETE FROM core.figures WHERE article_id IN (SELECT article_id FROM fresh WHERE was_there);

DELETE FROM core.blocks
WHERE
    article_id IN (SELECT article_id FROM fresh WHERE was_there)
    AND article_id IN (SELECT article_id FROM incoming_blocks);
