-- The working tables of one batch; they would hold its memory until the connection ends.
DROP TABLE IF EXISTS statements;
DROP TABLE IF EXISTS withdrawn;
DROP TABLE IF EXISTS standing;
DROP TABLE IF EXISTS scopes;
DROP TABLE IF EXISTS scoped;
DROP TABLE IF EXISTS bounds;
DROP TABLE IF EXISTS mentions;
DROP TABLE IF EXISTS pairs;
DROP TABLE IF EXISTS days;
DROP TABLE IF EXISTS article_pairs;
DROP TABLE IF EXISTS insides;
DROP TABLE IF EXISTS sentence_parts;
DROP TABLE IF EXISTS sums;
DROP TABLE IF EXISTS sum_wholes;
DROP TABLE IF EXISTS found;
DROP TABLE IF EXISTS fresh_relations;
DROP TABLE IF EXISTS fresh_timeline;
