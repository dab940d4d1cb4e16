-- One row: what one article's words weigh, by which it finds its story; made once for each scheme of weighing.
-- words: names first, then by weight; names: how many of them are names.
CREATE TABLE core.story_terms (
    article_id VARCHAR NOT NULL, scheme VARCHAR NOT NULL, words VARCHAR[] NOT NULL, weights DOUBLE[] NOT NULL, names INTEGER NOT NULL
);

-- What a story's name was made from; null = it is to be named anew.
ALTER TABLE core.stories ADD COLUMN named_from VARCHAR;
