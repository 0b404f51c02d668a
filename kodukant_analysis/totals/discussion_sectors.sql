-- One row a held discussion: who was present, by sector.
-- grain: discussion (the same discussion in two files is one)
-- reads: discussions, attendance
-- uses: held_discussions
-- $as_of: discussions held after this day do not exist yet; $mapped: least share of persons whose group must be known
--
-- known   attendance is known by group: somebody was present, at least $mapped of those present belong to a group we
--         know, and no side of the triad rests on a number nobody can read
-- sides   how many of the three sides (police, local government, community) were present; 0 where not known
WITH present AS (
    SELECT
        CAST(discussion_id AS VARCHAR) AS discussion_id,
        CAST(source_file AS VARCHAR)   AS source_file,
        CASE WHEN CAST("group" AS VARCHAR) = 'unmapped' THEN NULL ELSE CAST(sector AS VARCHAR) END AS sector,
        CAST(attendees AS BIGINT)      AS attendees
    FROM attendance
    WHERE NOT coalesce(is_absent, FALSE)
),

-- a list kept in two files is one list: each sector counts as the fuller file has it
by_file AS (
    SELECT
        discussion_id,
        source_file,
        sector,
        coalesce(sum(attendees), 0)                    AS persons,
        count(*) FILTER (WHERE attendees IS NULL)      AS unread
    FROM present
    GROUP BY ALL
),

by_sector AS (
    SELECT discussion_id, sector, max(persons) AS persons, max(unread) AS unread
    FROM by_file
    GROUP BY ALL
),

by_discussion AS (
    SELECT
        discussion_id,
        coalesce(sum(persons) FILTER (WHERE sector = 'police'), 0)           AS police,
        coalesce(sum(persons) FILTER (WHERE sector = 'local_government'), 0) AS local_government,
        coalesce(sum(persons) FILTER (WHERE sector = 'community'), 0)        AS community,
        coalesce(sum(persons) FILTER (WHERE sector = 'state'), 0)            AS state,
        coalesce(sum(persons) FILTER (WHERE sector = 'other'), 0)            AS other,
        coalesce(sum(persons) FILTER (WHERE sector IS NULL), 0)              AS unmapped,
        count(*) FILTER (
            WHERE sector IN ('police', 'local_government', 'community') AND persons = 0 AND unread > 0
        ) AS unread_sides
    FROM by_sector
    GROUP BY ALL
),

counted AS (
    SELECT
        held.discussion_id, prefecture, county_code, municipality_code, municipality_code_then, held_on,
        CAST(coalesce(police, 0) AS BIGINT)           AS police,
        CAST(coalesce(local_government, 0) AS BIGINT) AS local_government,
        CAST(coalesce(community, 0) AS BIGINT)        AS community,
        CAST(coalesce(state, 0) AS BIGINT)            AS state,
        CAST(coalesce(other, 0) AS BIGINT)            AS other,
        CAST(coalesce(unmapped, 0) AS BIGINT)         AS unmapped,
        coalesce(unread_sides, 0)                     AS unread_sides
    FROM held_discussions AS held
    LEFT JOIN by_discussion ON held.discussion_id = by_discussion.discussion_id
),

judged AS (
    SELECT
        *,
        police + local_government + community + state + other AS mapped,
        unread_sides = 0 AND mapped > 0 AND mapped >= $mapped * (mapped + unmapped) AS known
    FROM counted
)

SELECT
    discussion_id, prefecture, county_code, municipality_code, municipality_code_then, held_on,
    police, local_government, community, state, other, unmapped,
    known,
    CASE WHEN known
        THEN CAST(police > 0 AS INTEGER) + CAST(local_government > 0 AS INTEGER) + CAST(community > 0 AS INTEGER)
        ELSE 0
    END AS sides
FROM judged
ORDER BY discussion_id
