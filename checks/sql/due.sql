-- One row: one story whose articles, figures, corrections or rules are not those that it was last related with.
CREATE OR REPLACE TEMP TABLE due AS
WITH figures_of AS (
    SELECT article_id, count(*) AS figures, bit_xor(hash(
        figure_id, measure, population, place, place_source, low, high, likely_low, likely_high, as_of_from, as_of_to, claimant, aspect,
        trackable, negated, modality, is_background, part_of, corrects, sentence
    )) AS print
    FROM core.figures GROUP BY article_id
), corrections_of AS (
    SELECT page_id, bit_xor(hash(field, quote, sentence, changed, new_value, reviewed_at)) AS print FROM core.corrections GROUP BY page_id
), pages AS (
    SELECT page_id, coalesce(any_value(story_id) FILTER (is_latest), 'article:' || any_value(article_id) FILTER (is_latest)) AS story
    FROM core.articles GROUP BY page_id
), trees AS (
    SELECT
        (SELECT coalesce(bit_xor(hash(population, ancestor)), 0) FROM core.population_tree)
        || ':' || (SELECT coalesce(bit_xor(hash(a, b)), 0) FROM core.population_disjoint)
        || ':' || (SELECT coalesce(bit_xor(hash(place, ancestor)), 0) FROM core.place_tree)
        || ':' || (SELECT coalesce(bit_xor(hash(measure, aspect, is_tracked)), 0) FROM core.measures) AS print
), prints AS (
    SELECT
        p.story, coalesce(sum(f.figures), 0) AS figures,
        $rules || ':' || (SELECT print FROM trees) || ':' || bit_xor(hash(a.article_id, a.extractor, a.is_latest, a.version, a.published_at, a.outlet, a.url, a.syndication_id))
            || ':' || coalesce(bit_xor(f.print), 0) || ':' || coalesce(bit_xor(c.print), 0) || ':' || count(*) AS fingerprint
    FROM core.articles AS a
    JOIN pages AS p USING (page_id)
    LEFT JOIN figures_of AS f USING (article_id)
    LEFT JOIN corrections_of AS c USING (page_id)
    WHERE p.story IS NOT NULL
    GROUP BY p.story
)
SELECT coalesce(p.story, r.story_id) AS story, p.fingerprint, coalesce(p.figures, 0)::BIGINT AS figures, p.story IS NULL AS is_gone
FROM prints AS p
FULL JOIN core.related AS r ON r.story_id = p.story
WHERE p.fingerprint IS DISTINCT FROM r.fingerprint;
