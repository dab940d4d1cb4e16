-- One row: one mention of a number that says something about the world, with persons' corrections applied.
CREATE VIEW figures AS
-- A correction names its figure by page and words, so the few corrections look up their figures, never the other way round.
WITH newest AS (
    SELECT page_id, field, quote, sentence, changed, arg_max({'value': new_value}, reviewed_at) AS answer
    FROM core.corrections GROUP BY ALL
),
pages AS (
    SELECT page_id, field, quote, sentence, map_from_entries(list((changed, answer.value))) AS changes
    FROM newest GROUP BY ALL
),
corrected AS (
    SELECT f.figure_id, any_value(p.changes) AS changes
    FROM pages AS p
    JOIN core.articles AS a ON a.page_id = p.page_id
    JOIN core.figures AS f
        ON f.article_id = a.article_id AND f.field = p.field AND f.quote = p.quote AND f.sentence = p.sentence
    GROUP BY f.figure_id
)
SELECT
    f.figure_id,                                                                  -- Id: a hash of article, field and offsets
    f.article_id,                                                                 -- Version of the article in which it stands
    a.story_id,                                                                   -- Story of that article
    a.url,                                                                        -- Address of that article
    a.outlet,                                                                     -- Outlet of that article
    a.published_at,                                                               -- When that article was published
    a.is_latest,                                                                  -- True where it stands in the latest version of its page
    f.field,                                                                      -- Where it stands: title, text or caption
    f.quote,                                                                      -- Qualifier, number and counted noun, word for word
    f.char_start,                                                                 -- Offset of the quote's first character in that field
    f.char_end,                                                                   -- Offset behind the quote's last character
    f.sentence,                                                                   -- The sentence around it
    core.corrected_number(c.changes, 'value', f.value) AS value,                  -- The number as stated, in unit; null for a range or a vague word
    core.corrected_number(c.changes, 'low', f.low) AS low,                        -- Least number that the words allow; null = no bound
    core.corrected_number(c.changes, 'high', f.high) AS high,                     -- Greatest number that the words allow; null = no bound
    core.corrected_number(c.changes, 'likely_low', f.likely_low) AS likely_low,   -- Least number that a reader would take them to mean
    core.corrected_number(c.changes, 'likely_high', f.likely_high) AS likely_high,  -- Greatest number that a reader would take them to mean
    core.corrected_text(c.changes, 'qualifier', f.qualifier) AS qualifier,        -- How the words hedge it: exact, at_least, about, up_to, ...
    core.corrected_text(c.changes, 'unit', f.unit) AS unit,                       -- What it is counted in: person, USD, percent, day, ...
    core.corrected_text(c.changes, 'counted', f.counted) AS counted,              -- The counted noun as written
    core.corrected_text(c.changes, 'population', f.population) AS population,     -- Class of the counted people in the population tree
    core.corrected_text(c.changes, 'measure', f.measure) AS measure,              -- What happened to them: killed, injured, detained, ...
    core.corrected_text(c.changes, 'aspect', f.aspect) AS aspect,                 -- cumulative, stock, increment or difference
    core.corrected_text(c.changes, 'place', f.place) AS place,                    -- Most specific place, as the gazetteer spells it
    core.corrected_text(c.changes, 'country', f.country) AS country,              -- Country of that place
    core.corrected_text(c.changes, 'place_source', f.place_source) AS place_source,  -- stated in the sentence, or inherited from the article or story
    core.corrected_day(c.changes, 'as_of', f.as_of) AS as_of,                     -- The day that the number speaks of
    core.corrected_day(c.changes, 'as_of_from', f.as_of_from) AS as_of_from,      -- First day that it may speak of
    core.corrected_day(c.changes, 'as_of_to', f.as_of_to) AS as_of_to,            -- Last day that it may speak of
    core.corrected_text(c.changes, 'claimant', f.claimant) AS claimant,           -- Who vouches for it, as named; null = the narrator
    core.corrected_text(c.changes, 'claimant_kind', f.claimant_kind) AS claimant_kind,  -- What kind of body the claimant is
    core.corrected_text(c.changes, 'voice_id', f.voice_id) AS voice_id,           -- The claimant joined over spellings, else the article's syndication cluster
    core.corrected_text(c.changes, 'speech', f.speech) AS speech,                 -- narrator, reported or quoted
    core.corrected_text(c.changes, 'modality', f.modality) AS modality,           -- stated, alleged, estimated, expected or hypothetical
    core.corrected_flag(c.changes, 'negated', f.negated) AS negated,              -- True where the words deny it
    core.corrected_text(c.changes, 'part_of', f.part_of) AS part_of,              -- figure_id of the figure of which this is a stated part
    core.corrected_text(c.changes, 'corrects', f.corrects) AS corrects,           -- figure_id of the figure that it withdraws or replaces
    core.corrected_flag(c.changes, 'is_background', f.is_background) AS is_background,  -- True where it retells an earlier stage or another event
    core.corrected_flag(c.changes, 'trackable', f.trackable) AS trackable,        -- True for a count of this story that belongs on its time line
    f.extractor,                                                                  -- Version of the extractor with the language model's hash
    f.rule,                                                                       -- The rule that found it
    c.changes IS NOT NULL AS is_corrected                                         -- True where a person corrected something of it
FROM core.figures AS f
JOIN core.articles AS a ON a.article_id = f.article_id
LEFT JOIN corrected AS c ON c.figure_id = f.figure_id
WHERE core.corrected_flag(c.changes, 'is_figure', true);
