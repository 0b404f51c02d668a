-- One row a discussion held by the day: what its rows say of its preparation, its leading, its attendance, its summary.
-- grain: discussion (the same discussion in several files is one; of each fact the first that any of its rows tells)
-- reads: discussions, attendance
-- $as_of: what happened after this day has not happened yet
--
-- people     attendees as the sheet of discussions has it, else those of the fullest attendance list (absent ones are
--            not counted); missing where neither tells
-- channels   number of different channels of advertising; missing where the field is blank
-- follow_up_on  day of the first discussion held by the day that names this one as the one it follows
WITH told AS (
    SELECT
        *,
        -- a dated row before an undated one, a placed row before an unplaced one, then by file
        row_number() OVER (
            PARTITION BY CAST(discussion_id AS VARCHAR)
            ORDER BY held_on IS NULL, municipality_code IS NULL, county_code IS NULL,
                     source_file, source_sheet, source_row
        ) AS place_in_line
    FROM discussions
    WHERE CAST(status AS VARCHAR) = 'held' AND discussion_id IS NOT NULL
),

facts AS (
    SELECT
        CAST(discussion_id AS VARCHAR) AS discussion_id,
        CAST(arg_min(prefecture, place_in_line) FILTER (WHERE prefecture IS NOT NULL) AS VARCHAR)                         AS prefecture,
        CAST(arg_min(county_code, place_in_line) FILTER (WHERE county_code IS NOT NULL) AS VARCHAR)                       AS county_code,
        CAST(arg_min(municipality_code, place_in_line) FILTER (WHERE municipality_code IS NOT NULL) AS VARCHAR)           AS municipality_code,
        CAST(arg_min(municipality_code_then, place_in_line) FILTER (WHERE municipality_code_then IS NOT NULL) AS VARCHAR) AS municipality_code_then,
        CAST(arg_min(held_on, place_in_line) FILTER (WHERE held_on IS NOT NULL) AS DATE)                                  AS held_on,
        CAST(arg_min(lead_officer_key, place_in_line) FILTER (WHERE lead_officer_key IS NOT NULL) AS VARCHAR)             AS lead_officer_key,
        CAST(arg_min(space_holder_key, place_in_line) FILTER (WHERE space_holder_key IS NOT NULL) AS VARCHAR)             AS space_holder_key,
        CAST(arg_min(space_holder_county_code, place_in_line) FILTER (WHERE space_holder_county_code IS NOT NULL) AS VARCHAR) AS space_holder_county_code,
        CAST(arg_min(police_team, place_in_line) FILTER (WHERE police_team IS NOT NULL) AS BIGINT)                        AS police_team,
        CAST(arg_min(has_local_leader, place_in_line) FILTER (WHERE has_local_leader IS NOT NULL) AS BOOLEAN)             AS has_local_leader,
        CAST(arg_min(has_room, place_in_line) FILTER (WHERE has_room IS NOT NULL) AS BOOLEAN)                             AS has_room,
        CAST(arg_min(channels, place_in_line) FILTER (WHERE channels IS NOT NULL) AS VARCHAR)                             AS channel_codes,
        CAST(arg_min(invited, place_in_line) FILTER (WHERE invited IS NOT NULL) AS BIGINT)                                AS invited,
        CAST(arg_min(registered, place_in_line) FILTER (WHERE registered IS NOT NULL) AS BIGINT)                          AS registered,
        CAST(arg_min(attendees, place_in_line) FILTER (WHERE attendees IS NOT NULL) AS BIGINT)                            AS attendees,
        CAST(min(summary_sent_on) AS DATE)                                                                                AS summary_sent_on,
        CAST(arg_min(summary_recipients, place_in_line) FILTER (WHERE summary_recipients IS NOT NULL) AS BIGINT)          AS summary_recipients
    FROM told
    GROUP BY discussion_id
),

-- a list kept in two files is one list: the fuller file counts
listed AS (
    SELECT discussion_id, max(persons) AS persons
    FROM (
        SELECT CAST(discussion_id AS VARCHAR) AS discussion_id, source_file, sum(CAST(attendees AS BIGINT)) AS persons
        FROM attendance
        WHERE NOT coalesce(is_absent, FALSE)
        GROUP BY ALL
    )
    GROUP BY discussion_id
),

followed AS (
    SELECT CAST(follow_up_of AS VARCHAR) AS discussion_id, min(CAST(held_on AS DATE)) AS follow_up_on
    FROM discussions
    WHERE CAST(status AS VARCHAR) = 'held' AND follow_up_of IS NOT NULL AND CAST(held_on AS DATE) <= $as_of
    GROUP BY ALL
)

SELECT
    discussion_id, prefecture, county_code, municipality_code, municipality_code_then, held_on,
    lead_officer_key, space_holder_key, space_holder_county_code, police_team, has_local_leader, has_room,
    CASE WHEN channel_codes IS NOT NULL THEN len(list_distinct(string_split(channel_codes, '|'))) END AS channels,
    invited, registered,
    coalesce(attendees, CAST(persons AS BIGINT))                                                    AS people,
    CASE WHEN summary_sent_on <= $as_of THEN summary_sent_on END                                     AS summary_sent_on,
    CASE WHEN coalesce(summary_sent_on <= $as_of, TRUE) THEN summary_recipients END                  AS summary_recipients,
    follow_up_on
FROM facts
LEFT JOIN listed USING (discussion_id)
LEFT JOIN followed USING (discussion_id)
WHERE held_on IS NULL OR held_on <= $as_of
ORDER BY discussion_id
