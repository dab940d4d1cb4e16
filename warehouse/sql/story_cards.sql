-- One row: the latest version of one page, as much as is needed to find its story.
-- Its place is the one that its figures inherit, else the one that most of them state; ties go to the name that comes first.
WITH places AS (
    SELECT article_id, place, country, bool_or(place_source = 'inherited') AS is_main, count(*) AS figures
    FROM core.figures
    WHERE place IS NOT NULL
    GROUP BY ALL
),

main_places AS (
    SELECT article_id, place, country
    FROM places
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY is_main DESC, figures DESC, place, country NULLS LAST) = 1
)

SELECT
    a.article_id, a.page_id, a.url, CAST(a.published_at AS DATE) AS published_on, p.place, p.country,
    t.words, t.weights, t.names
FROM core.articles AS a
LEFT JOIN main_places AS p ON p.article_id = a.article_id
JOIN core.story_terms AS t ON t.article_id = a.article_id AND t.scheme = $scheme
WHERE a.is_latest
ORDER BY a.article_id;
