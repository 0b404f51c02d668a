-- One row a held discussion: in how many groups its people were, who was a bee or a butterfly, who was in the rings.
-- grain: discussion (the same discussion in two files is one: of its attendance lists the fuller one counts)
-- reads: discussions, attendance
-- uses: held_discussions
-- $as_of: discussions held after this day do not exist yet
--
-- people          everybody present, also those only counted
-- groups_known    people whose number of groups is told; group_visits: sum of it; movers: those of two groups or more
-- bees_known, butterflies_known, rings_known    people of whom it is told (both rings): a blank is not a no
-- opened          people in the opening ring of whom the closing one is told; stayed: those of them in it as well
WITH present AS (
    SELECT
        *,
        coalesce(CAST(attendees AS BIGINT), 1) AS persons,
        coalesce(attendees, 1) = 1             AS is_person
    FROM attendance
    WHERE NOT coalesce(is_absent, FALSE)
),

-- a row that counts several people tells nothing of any one of them
lists AS (
    SELECT
        CAST(discussion_id AS VARCHAR)                                                       AS discussion_id,
        sum(persons)                                                                         AS people,
        count(discussion_groups) FILTER (WHERE is_person)                                    AS groups_known,
        coalesce(sum(discussion_groups) FILTER (WHERE is_person), 0)                         AS group_visits,
        count(*) FILTER (WHERE is_person AND discussion_groups >= 2)                         AS movers,
        count(is_bee) FILTER (WHERE is_person)                                               AS bees_known,
        count(*) FILTER (WHERE is_person AND is_bee)                                         AS bees,
        count(is_butterfly) FILTER (WHERE is_person)                                         AS butterflies_known,
        count(*) FILTER (WHERE is_person AND is_butterfly)                                   AS butterflies,
        count(*) FILTER (WHERE is_person AND in_opening_ring IS NOT NULL AND in_closing_ring IS NOT NULL) AS rings_known,
        count(*) FILTER (WHERE is_person AND in_opening_ring AND in_closing_ring IS NOT NULL) AS opened,
        count(*) FILTER (WHERE is_person AND in_opening_ring AND in_closing_ring)            AS stayed,
        row_number() OVER (
            PARTITION BY CAST(discussion_id AS VARCHAR)
            ORDER BY sum(persons) DESC, count(discussion_groups) DESC, CAST(source_file AS VARCHAR)
        ) AS place_in_line
    FROM present
    GROUP BY CAST(discussion_id AS VARCHAR), CAST(source_file AS VARCHAR)
)

SELECT
    held.discussion_id, prefecture, county_code, municipality_code, municipality_code_then, held_on,
    CAST(coalesce(people, 0) AS BIGINT)            AS people,
    coalesce(groups_known, 0)                      AS groups_known,
    CAST(coalesce(group_visits, 0) AS BIGINT)      AS group_visits,
    coalesce(movers, 0)                            AS movers,
    coalesce(bees_known, 0)                        AS bees_known,
    coalesce(bees, 0)                              AS bees,
    coalesce(butterflies_known, 0)                 AS butterflies_known,
    coalesce(butterflies, 0)                       AS butterflies,
    coalesce(rings_known, 0)                       AS rings_known,
    coalesce(opened, 0)                            AS opened,
    coalesce(stayed, 0)                            AS stayed
FROM held_discussions AS held
LEFT JOIN lists ON held.discussion_id = lists.discussion_id AND lists.place_in_line = 1
ORDER BY held.discussion_id
