-- One row: nothing; the words and thresholds that all kinds of relation share.

-- A day as a newspaper prints it; days that nobody knows say so.
CREATE OR REPLACE TEMP MACRO day_words(day) AS
    CASE WHEN day IS NULL THEN 'undated' ELSE strftime(day, '%-d %B %Y') END;

-- 1234567.5 -> "1,234,567.5"; "3.5 billion" where that loses nothing.
CREATE OR REPLACE TEMP MACRO number_words(x) AS CASE
    WHEN x IS NULL THEN 'an unknown number'
    WHEN abs(x) >= 1000000000 AND (x / 10000000) % 1 = 0
        THEN rtrim(rtrim(format('{:.2f}', (x / 1000000000)::DOUBLE), '0'), '.') || ' billion'
    WHEN abs(x) >= 1000000 AND (x / 10000) % 1 = 0
        THEN rtrim(rtrim(format('{:.2f}', (x / 1000000)::DOUBLE), '0'), '.') || ' million'
    WHEN x % 1 = 0 THEN format('{:,}', x::HUGEINT::BIGINT)
    ELSE rtrim(rtrim(x::VARCHAR, '0'), '.')
END;

-- A number with its hedge: "at least 164"; vague words speak for themselves, so they come as printed.
CREATE OR REPLACE TEMP MACRO amount_words(qualifier, value, low, high, quote) AS CASE
    WHEN qualifier = 'between' AND low IS NOT NULL AND high IS NOT NULL THEN number_words(low) || ' to ' || number_words(high)
    WHEN qualifier = 'vague' OR value IS NULL THEN '"' || lower(left(quote, 60)) || '"'
    WHEN qualifier = 'exact' THEN number_words(value)
    WHEN qualifier = 'up_to' THEN 'up to ' || number_words(value)
    ELSE replace(qualifier, '_', ' ') || ' ' || number_words(value)
END;

-- Who printed it: the outlet, else the article's title, else the address; a file's name tells a reader nothing.
CREATE OR REPLACE TEMP MACRO printer(outlet, title, url) AS coalesce(
    outlet,
    'the article "' || nullif(trim(CASE WHEN len(title) > 60 THEN regexp_replace(left(title, 60), '\s+\S*$', '') || '…' ELSE title END), '') || '"',
    nullif(regexp_extract(url, '^https?://([^/]+)', 1), ''), 'an untitled article'
);

-- Whether more than one speaks: "police", "rights groups", "officials in Lima", but not "United Nations" or "Lima's press".
CREATE OR REPLACE TEMP MACRO are_many(claimant) AS coalesce(regexp_matches(
    regexp_extract(claimant, '^(.+?)(?:,| (?:of|for|in|from|at|on|with|who|close|near)\b|$)', 1),
    '\b[a-z]+ and (the )?[a-z]+|\b(?i:police|media|people|personnel|staff)$|(^| )([a-z-]+[^siuw''’\W]|crew)s$'
    || '|^(?i:officials|authorities|organi[sz]ers|doctors|medics|rescuers|firefighters|prosecutors|investigators|sources|reports|witnesses|residents|activists|unions|experts|rebels|insurers|analysts|hospitals)$'
), false);

-- A claimant within a sentence: "the health ministry", "the city's hospital". Names, the many, and what has its own first word
-- ("an aide", "his lawyer", "one survivor", "al Qaeda", "state television") stand alone.
CREATE OR REPLACE TEMP MACRO with_article(claimant) AS CASE
    WHEN are_many(claimant) OR NOT regexp_matches(claimant, '^[a-z]+(-[a-z]+)*( |[''’]|$)') OR regexp_matches(
        claimant,
        '^(the|an?|this|that|these|those|his|her|its|their|our|my|your|one|two|three|four|five|six|seven|eight|nine|ten|some|any|each|every|many|most'
        || '|several|other|another|no|nobody|someone|somebody|everyone|everybody|de|da|dos?|del|della|di|du|la|le|van|von|der|den|al|el|bin|ibn|abu|ben'
        || '|state (tv|television|media|radio))\b'
    ) THEN claimant
    ELSE 'the ' || claimant
END;

-- The verb that agrees with who speaks.
CREATE OR REPLACE TEMP MACRO agreeing(claimant, of_one, of_many) AS CASE WHEN are_many(claimant) THEN of_many ELSE of_one END;

-- Who says it: the claimant as named, else who printed it.
CREATE OR REPLACE TEMP MACRO teller(claimant, printed_by) AS coalesce(with_article(claimant), printed_by);

-- Where and when it was read: "upi.com, 24 April 2019".
CREATE OR REPLACE TEMP MACRO source_words(printed_by, day) AS printed_by || ', ' || day_words(day);

-- The same behind the name of who says it: an outlet that speaks for itself is not named twice.
CREATE OR REPLACE TEMP MACRO where_words(claimant, printed_by, day) AS
    CASE WHEN claimant IS NULL THEN day_words(day) ELSE source_words(printed_by, day) END;

-- A sentence begins with a capital, behind a quotation mark too.
CREATE OR REPLACE TEMP MACRO sentence_case(words) AS
    CASE WHEN words[1] = '"' THEN '"' || upper(words[2]) || words[3:] ELSE upper(words[1]) || words[2:] END;

-- What is counted: "killed in Kazakhstan", "security forces injured in Almaty", "USD of losses in Beirut".
CREATE OR REPLACE TEMP MACRO topic_words(measure, population, place, unit) AS
    CASE
        WHEN measure = 'money' THEN unit || coalesce(' of ' || population, '')
        WHEN measure = 'damaged' AND population LIKE 'destroyed %' THEN population
        WHEN coalesce(population, 'people') IN ('people', 'workers') THEN replace(measure, '_', ' ')
        ELSE replace(population, '_', ' ') || ' ' || replace(measure, '_', ' ')
    END
    || CASE WHEN coalesce(place, '') = '' THEN '' ELSE ' in ' || place END;

-- What a relation's id knows a figure by: its page, its words and its bounds, whatever the extractor's version.
CREATE OR REPLACE TEMP MACRO witness_words(page_id, quote, measure, low, high) AS
    page_id || '|' || quote || '|' || measure || '|' || coalesce(low::VARCHAR, '') || '|' || coalesce(high::VARCHAR, '');

-- The severity some steps below; nothing falls below low.
CREATE OR REPLACE TEMP MACRO step_down(severity, steps) AS
    ['high', 'medium', 'low'][least(3, list_position(['high', 'medium', 'low'], severity) + steps)];

-- How far apart two disjoint pairs of bounds are; null where a side is open towards the other.
CREATE OR REPLACE TEMP MACRO gap_between(a_low, a_high, b_low, b_high) AS
    greatest(a_low - b_high, b_low - a_high);

-- True where two pairs of bounds share no number; an unbounded side reaches everywhere.
CREATE OR REPLACE TEMP MACRO apart(a_low, a_high, b_low, b_high) AS
    coalesce(a_low > b_high, false) OR coalesce(b_low > a_high, false);

-- Classes that only repeat what the measure says already ("suspects" among the detained) are people.
CREATE OR REPLACE TEMP MACRO counted_class(measure, population, counted) AS CASE
    WHEN measure = 'jobs_cut' AND coalesce(population, 'people') IN ('people', 'workers', 'civilians', 'residents') THEN 'workers'
    -- Who is deployed without a noun, or as "people", is a soldier; police and guards keep their own class.
    WHEN measure IN ('deployed', 'withdrawn') AND (population = 'people' OR population IS NULL AND counted IS NULL) THEN 'soldiers'
    WHEN population IS NULL AND counted IS NULL THEN 'people'
    WHEN measure = 'detained' AND population = 'prisoners' THEN 'people'
    WHEN measure = 'protesters' AND population = 'protesters' THEN 'people'
    WHEN measure IN ('infected', 'hospitalised', 'injured') AND population = 'patients' THEN 'people'
    WHEN measure IN ('displaced', 'evacuated', 'affected') AND population IN ('displaced_people', 'residents', 'civilians') THEN 'people'
    WHEN measure IN ('kidnapped', 'released') AND population = 'hostages' THEN 'people'
    ELSE population
END;

-- The class as stated: what lies in what is asked of this one. Residents who were evacuated are compared with the evacuated,
-- but they are not all of them, and the people who were deployed may be soldiers or police.
CREATE OR REPLACE TEMP MACRO stated_class(measure, population, counted) AS CASE
    WHEN measure IN ('deployed', 'withdrawn') AND (population = 'people' OR population IS NULL AND counted IS NULL) THEN 'people'
    WHEN population IN ('residents', 'civilians') AND measure <> 'jobs_cut' THEN population
    ELSE counted_class(measure, population, counted)
END;

-- What money is for, by the words beside it: sums for different purposes are never held against each other.
CREATE OR REPLACE TEMP MACRO money_class(counted, sentence) AS CASE
    WHEN regexp_matches(lower(coalesce(counted, '')), 'damage|loss|cost of repair') THEN 'losses'
    WHEN counted IS NOT NULL THEN NULL
    WHEN regexp_matches(lower(sentence), '\b(aid|pledg\w*|donat\w*|grant\w*|loan\w*|fund\w*|ransom|fine[ds]?|compensat\w*|budget)\b') THEN NULL
    WHEN regexp_matches(lower(sentence), '\b(damage\w*|loss|losses)\b') THEN 'losses'
END;

-- A sum that the words offer as complete: it may then be held against a larger whole.
CREATE OR REPLACE TEMP MACRO says_complete(sentence) AS
    regexp_matches(lower(sentence), '\b(totals?|totall?ed|tolls?|in all|altogether|overall|made up of|consist\w*|compris\w*|namely)\b');

-- A sentence that looks back: what it counts may be an earlier stage of the same tally.
CREATE OR REPLACE TEMP MACRO looks_back(sentence) AS regexp_matches(
    lower(sentence),
    '\b(earlier|previous\w*|initial\w*|at first|at (the|that) time|until then|had (said|reported|been|put|stood)|last (week|month|year|spring|summer|fall|autumn|winter)|in (january|february|march|april|may|june|july|august|september|october|november|december)|up from|rose from|rising from)\b'
);

-- The clause in which a quote stands, in lower case: "destroyed 180 houses in the town" of "the storm destroyed 180 houses
-- in the town and damaged 3,400".
CREATE OR REPLACE TEMP MACRO clause_around(sentence, quote) AS
    regexp_extract(lower(left(sentence, greatest(position(quote IN sentence), 1) - 1)), '^(?:.*(?:[,;:.]|\b(?:and|but|while)\b))?([^,;:.]*)$', 1)
    || ' # '
    || regexp_extract(lower(substr(sentence, greatest(position(quote IN sentence), 1) + len(quote))), '^(.*?)(?:$|[,;:.]|\b(?:and|but|while)\b)', 1);

-- What is destroyed is a class of its own within what is damaged; who is gravely hurt is one that nobody compares with all injured.
CREATE OR REPLACE TEMP MACRO says_destroyed(clause) AS
    regexp_matches(clause, '\b(destroy\w*|razed|levell?ed|flatten\w*|burn(t|ed) down|gutted|swept away|wiped out|total loss)\b');
CREATE OR REPLACE TEMP MACRO says_how_badly(clause, quote) AS regexp_matches(
    replace(clause, '#', lower(quote)),
    '\b(seriously|severely|critically|gravely|badly|slightly|lightly) (hurt|injured|wounded|burn(ed|t))\b'
    || '|\b(injured|wounded|hurt|of (them|whom)) (seriously|severely|critically|gravely|badly|slightly|lightly)\b'
    || '|\b(serious|severe|critical|grave|minor|light)( \w+)? (injur(y|ies)|wounds?|burns|condition)\b'
);

-- What a figure counts; of_persons: the class where it counts persons.
CREATE OR REPLACE TEMP MACRO class_of(measure, unit, population, counted, sentence, quote, of_persons) AS CASE
    WHEN measure = 'money' THEN money_class(counted, sentence)
    WHEN measure = 'damaged' AND says_destroyed(clause_around(sentence, quote)) THEN 'destroyed ' || coalesce(population, lower(counted))
    WHEN measure = 'injured' AND says_how_badly(clause_around(sentence, quote), quote) THEN NULL
    WHEN coalesce(unit, 'person') = 'person' OR measure = 'jobs_cut' THEN of_persons
    ELSE coalesce(population, lower(counted))
END;

-- One more of what was just counted, without a number: "another guard" behind "17 guards".
CREATE OR REPLACE TEMP MACRO says_one_more(words, counted) AS regexp_matches(
    lower(words),
    '\b(another|one more|one further|a further|one other) (one|' || coalesce(nullif(regexp_extract(lower(counted), '(\w+?)s?$', 1), ''), 'one') || ')\b'
);

-- One hospital counts its own patients: a part of what a ministry counts.
CREATE OR REPLACE TEMP MACRO is_one_site(claimant) AS
    coalesce(
        regexp_matches(lower(claimant), '\b(hospital|clinic|morgue|mortuary|infirmary|medical cent(er|re))\b')
        AND NOT regexp_matches(lower(claimant), 'minist|network|union|association|syndicate|federation|department|authority|service'),
        false
    );

-- A number so much smaller is, nearly always, a count of something smaller: a part, one site, another event.
CREATE OR REPLACE TEMP MACRO least_share() AS 0.5;
CREATE OR REPLACE TEMP MACRO least_share_of_two_bodies() AS 0.25;

-- Hedged numbers nearer than this say the same: "nearly 4,000" and "more than 4,000".
CREATE OR REPLACE TEMP MACRO hedge() AS 0.05;

-- Outside these a cumulative count of one day may simply have grown between two reports of that day.
CREATE OR REPLACE TEMP MACRO growth_within_a_day() AS 1.5;
CREATE OR REPLACE TEMP MACRO most_bounds() AS 100;
-- A side lists its first figures by name; all of them count among the voices.
CREATE OR REPLACE TEMP MACRO most_listed() AS 100;
CREATE OR REPLACE TEMP MACRO most_in_article() AS 30;
