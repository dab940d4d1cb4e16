-- The tables behind the public views. No keys, ENUMs or sequences, so that the same SQL runs on DuckLake; keys are kept by MERGE.
CREATE SCHEMA IF NOT EXISTS core;

-- One row: one migration that this file went through.
CREATE TABLE core.migrations (version INTEGER NOT NULL, name VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL);

-- One row: the last publication. A work file that holds another token, or none, is no copy of what readers see.
CREATE TABLE core.publication (token VARCHAR NOT NULL, published_at TIMESTAMPTZ NOT NULL);

-- One row: one public view, column or macro and what it means; filled from the comments when the views are made.
CREATE TABLE core.dictionary (
    name VARCHAR NOT NULL, kind VARCHAR NOT NULL, column_name VARCHAR, position INTEGER NOT NULL, data_type VARCHAR, description VARCHAR NOT NULL
);

-- One row: one version of one article.
CREATE TABLE core.articles (
    article_id VARCHAR NOT NULL, page_id VARCHAR NOT NULL, url VARCHAR NOT NULL, canonical_url VARCHAR,
    outlet VARCHAR, source VARCHAR NOT NULL, title VARCHAR, author VARCHAR,
    published_at TIMESTAMPTZ, published_from VARCHAR, modified_at TIMESTAMPTZ,
    fetched_at TIMESTAMPTZ NOT NULL, last_seen_at TIMESTAMPTZ NOT NULL, gone_at TIMESTAMPTZ,
    language VARCHAR, text VARCHAR NOT NULL, captions VARCHAR NOT NULL, words INTEGER NOT NULL, origin VARCHAR,
    version INTEGER NOT NULL, is_latest BOOLEAN NOT NULL,
    story_id VARCHAR, copy_of VARCHAR, syndication_id VARCHAR, signature BLOB, extractor VARCHAR NOT NULL
);

-- One row: one block of a page's visible text, kept or dropped.
CREATE TABLE core.blocks (
    article_id VARCHAR NOT NULL, block_no INTEGER NOT NULL, text VARCHAR NOT NULL, kept BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL, rule VARCHAR NOT NULL
);

-- One row: one mention of a number.
CREATE TABLE core.figures (
    figure_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL, quote VARCHAR NOT NULL, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL, sentence VARCHAR NOT NULL,
    value DECIMAL(28, 6), low DECIMAL(28, 6), high DECIMAL(28, 6), likely_low DECIMAL(28, 6), likely_high DECIMAL(28, 6),
    qualifier VARCHAR NOT NULL, unit VARCHAR, counted VARCHAR, population VARCHAR, measure VARCHAR NOT NULL, aspect VARCHAR,
    place VARCHAR, country VARCHAR, place_source VARCHAR, as_of DATE, as_of_from DATE, as_of_to DATE,
    claimant VARCHAR, claimant_kind VARCHAR, voice_id VARCHAR, speech VARCHAR NOT NULL, modality VARCHAR NOT NULL,
    negated BOOLEAN NOT NULL, part_of VARCHAR, corrects VARCHAR, is_background BOOLEAN NOT NULL, trackable BOOLEAN NOT NULL,
    extractor VARCHAR NOT NULL, rule VARCHAR NOT NULL
);

-- One row: one relation ever found, open or closed.
CREATE TABLE core.relations (
    relation_id VARCHAR NOT NULL, story_id VARCHAR, kind VARCHAR NOT NULL, severity VARCHAR,
    measure VARCHAR, population VARCHAR, place VARCHAR, unit VARCHAR, as_of DATE,
    figure_ids VARCHAR[] NOT NULL, a_figure_ids VARCHAR[] NOT NULL, b_figure_ids VARCHAR[] NOT NULL,
    a_quote VARCHAR, a_outlet VARCHAR, a_url VARCHAR, a_low DECIMAL(28, 6), a_high DECIMAL(28, 6),
    b_quote VARCHAR, b_outlet VARCHAR, b_url VARCHAR, b_low DECIMAL(28, 6), b_high DECIMAL(28, 6),
    gap DECIMAL(28, 6), rule VARCHAR NOT NULL, explanation VARCHAR NOT NULL, voices INTEGER NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL, last_seen_at TIMESTAMPTZ NOT NULL, is_current BOOLEAN NOT NULL
);

-- One row: one verdict of a person on one relation; the newest counts.
CREATE TABLE core.reviews (
    relation_id VARCHAR NOT NULL, verdict VARCHAR NOT NULL, reviewed_by VARCHAR, reviewed_at TIMESTAMPTZ NOT NULL, note VARCHAR
);

-- One row: one person's correction of one field of one figure; it is found again by page and words, so it survives re-extraction.
CREATE TABLE core.corrections (
    page_id VARCHAR NOT NULL, field VARCHAR NOT NULL, quote VARCHAR NOT NULL, sentence VARCHAR NOT NULL,
    changed VARCHAR NOT NULL, new_value VARCHAR, reviewed_by VARCHAR, reviewed_at TIMESTAMPTZ NOT NULL, note VARCHAR
);

-- One row: one story.
CREATE TABLE core.stories (
    story_id VARCHAR NOT NULL, name VARCHAR NOT NULL, tracker VARCHAR, place VARCHAR, country VARCHAR,
    first_published_at TIMESTAMPTZ, last_published_at TIMESTAMPTZ, articles INTEGER NOT NULL, outlets INTEGER NOT NULL
);

-- One row: one spelling of one claimant; spellings of one body share the voice.
CREATE TABLE core.claimants (
    voice_id VARCHAR NOT NULL, name VARCHAR NOT NULL, spelling VARCHAR NOT NULL, kind VARCHAR, evidence VARCHAR, figures INTEGER NOT NULL
);

-- One row: one day, story and kind of number.
CREATE TABLE core.timeline (
    story_id VARCHAR NOT NULL, measure VARCHAR NOT NULL, population VARCHAR, place VARCHAR, unit VARCHAR, as_of DATE NOT NULL,
    low DECIMAL(28, 6), best DECIMAL(28, 6), high DECIMAL(28, 6), best_rule VARCHAR NOT NULL,
    voices INTEGER NOT NULL, outlets VARCHAR[] NOT NULL, figure_ids VARCHAR[] NOT NULL
);

-- One row: one attempt to read one address or file.
CREATE TABLE core.fetches (
    run_id VARCHAR NOT NULL, url VARCHAR NOT NULL, source VARCHAR NOT NULL, fetched_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR NOT NULL, status INTEGER, size_bytes BIGINT NOT NULL,
    seconds DOUBLE NOT NULL, sha256 VARCHAR, etag VARCHAR, last_modified VARCHAR
);

-- One row: one run of a flow.
CREATE TABLE core.runs (
    run_id VARCHAR NOT NULL, flow VARCHAR NOT NULL, started_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ,
    state VARCHAR NOT NULL, fetched INTEGER NOT NULL, stored INTEGER NOT NULL, unchanged INTEGER NOT NULL, skipped INTEGER NOT NULL,
    skipped_by_reason MAP(VARCHAR, INTEGER), figures INTEGER NOT NULL, contradictions_new INTEGER NOT NULL,
    extractor VARCHAR NOT NULL, message VARCHAR
);

-- One row: the outcome of one check in one run.
CREATE TABLE core.check_results (
    run_id VARCHAR NOT NULL, check_name VARCHAR NOT NULL, severity VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
    rows_checked BIGINT, rows_failed BIGINT, sample VARCHAR, message VARCHAR, checked_at TIMESTAMPTZ NOT NULL
);

-- One row: an article whose rows broke a rule, kept apart so that the next run is well.
CREATE TABLE core.quarantine (
    article_id VARCHAR NOT NULL, url VARCHAR NOT NULL, rule VARCHAR NOT NULL, detail VARCHAR NOT NULL, quarantined_at TIMESTAMPTZ NOT NULL
);

-- One row: one page that a person had removed, with all that came from it.
CREATE TABLE core.forgotten (page_id VARCHAR NOT NULL, url_sha256 VARCHAR NOT NULL, forgotten_at TIMESTAMPTZ NOT NULL, reason VARCHAR);

-- One row: the version of the tables below, as their maker names it.
CREATE TABLE core.trees (version VARCHAR NOT NULL);

-- One row: a class of people and one class that holds it (itself included).
CREATE TABLE core.population_tree (population VARCHAR NOT NULL, ancestor VARCHAR NOT NULL, depth INTEGER NOT NULL);

-- One row: two classes that share nobody.
CREATE TABLE core.population_disjoint (a VARCHAR NOT NULL, b VARCHAR NOT NULL);

-- One row: a place and one place that holds it (itself included).
CREATE TABLE core.place_tree (place VARCHAR NOT NULL, ancestor VARCHAR NOT NULL, depth INTEGER NOT NULL);

-- One row: how a measure behaves.
CREATE TABLE core.measures (measure VARCHAR NOT NULL, aspect VARCHAR NOT NULL, is_tracked BOOLEAN NOT NULL, description VARCHAR NOT NULL);

-- One row: one story as it was last held against itself; a story whose fingerprint stays is not related again.
CREATE TABLE core.related (
    story_id VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL, figures BIGINT NOT NULL, comparable BIGINT NOT NULL, pairs BIGINT NOT NULL,
    no_place BIGINT NOT NULL, no_class BIGINT NOT NULL, no_day BIGINT NOT NULL, beyond_cap BIGINT NOT NULL
);
