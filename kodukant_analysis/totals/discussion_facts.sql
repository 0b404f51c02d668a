-- One row a discussion held by the day: what its rows say of its preparation, its leading, its attendance, its summary.
-- grain: discussion (the same discussion in several files is one)
-- reads: discussions, attendance
-- uses: held_discussions
-- $as_of: what happened after this day has not happened yet
--
-- It lies where, and was held when, its first row says (see held_discussions); of every other fact the first row
-- that tells it counts.
-- people     attendees as the sheet of discussions has it, else those of the fullest attendance list, absent ones not
--            counted; missing where neither tells, or where a number of the list cannot be read
-- channels   number of different channels of advertising; missing where the field is blank
-- summary    'sent' by the day, on summary_sent_on (of several days the first); 'waiting': sent later than the day;
--            'blank': no day, while the field is filled for another discussion of a file that tells of this one, so
--            that blank may mean not sent; 'untold': no file that tells of it ever fills the field;
--            'sent_undated': recipients are told, but no day; 'impossible': sent before the discussion was held
-- follow_up_on  first day by $as_of of another discussion, held later, that names this one as the one it follows
WITH told AS (
    SELECT
        * EXCLUDE (discussion_id),
        CAST(discussion_id AS VARCHAR) AS discussion_id,
        -- a dated row before an undated one, a placed row before an unplaced one, then by file
        row_number() OVER (
            PARTITION BY discussion_id
            ORDER BY held_on IS NULL, municipality_code IS NULL, county_code IS NULL,
                     source_file, source_sheet, source_row
        ) AS place_in_line
    FROM discussions
    WHERE CAST(status AS VARCHAR) = 'held' AND discussion_id IS NOT NULL
),

-- the files that have a field for the day of the summary: a row of any discussion fills it
summarising AS (
    SELECT DISTINCT source_file FROM discussions WHERE summary_sent_on IS NOT NULL
),

facts AS (
    SELECT
        discussion_id,
        CAST(arg_min(lead_officer_key, place_in_line) FILTER (WHERE lead_officer_key IS NOT NULL) AS VARCHAR) AS lead_officer_key,
        CAST(arg_min(space_holder_key, place_in_line) FILTER (WHERE space_holder_key IS NOT NULL) AS VARCHAR) AS space_holder_key,
        CAST(arg_min(space_holder_county_code, place_in_line)
            FILTER (WHERE space_holder_county_code IS NOT NULL) AS VARCHAR)                                   AS space_holder_county_code,
        CAST(arg_min(police_team, place_in_line) FILTER (WHERE police_team IS NOT NULL) AS BIGINT)            AS police_team,
        CAST(arg_min(has_local_leader, place_in_line) FILTER (WHERE has_local_leader IS NOT NULL) AS BOOLEAN) AS has_local_leader,
        CAST(arg_min(has_room, place_in_line) FILTER (WHERE has_room IS NOT NULL) AS BOOLEAN)                 AS has_room,
        CAST(arg_min(channels, place_in_line) FILTER (WHERE channels IS NOT NULL) AS VARCHAR)                 AS channel_codes,
        CAST(arg_min(invited, place_in_line) FILTER (WHERE invited IS NOT NULL) AS BIGINT)                    AS invited,
        CAST(arg_min(registered, place_in_line) FILTER (WHERE registered IS NOT NULL) AS BIGINT)              AS registered,
        CAST(arg_min(attendees, place_in_line) FILTER (WHERE attendees IS NOT NULL) AS BIGINT)                AS attendees,
        CAST(min(summary_sent_on) AS DATE)                                                                    AS summary_sent_on,
        CAST(arg_min(summary_recipients, place_in_line) FILTER (WHERE summary_recipients IS NOT NULL) AS BIGINT) AS summary_recipients,
        bool_or(source_file IN (FROM summarising))                                                            AS has_summary_field
    FROM told
    GROUP BY discussion_id
),

-- a list kept in two files is one list: the fuller file counts
listed AS (
    SELECT discussion_id, CAST(max(persons) AS BIGINT) AS persons
    FROM (
        SELECT
            CAST(discussion_id AS VARCHAR) AS discussion_id,
            CASE WHEN count(*) = count(attendees) THEN sum(CAST(attendees AS BIGINT)) END AS persons
        FROM attendance
        WHERE NOT coalesce(is_absent, FALSE)
        GROUP BY discussion_id, source_file
    )
    GROUP BY discussion_id
),

followed AS (
    SELECT CAST(later.follow_up_of AS VARCHAR) AS discussion_id, min(CAST(later.held_on AS DATE)) AS follow_up_on
    FROM told AS later
    JOIN held_discussions AS placed ON placed.discussion_id = CAST(later.follow_up_of AS VARCHAR)
    WHERE later.discussion_id <> placed.discussion_id
        AND CAST(later.held_on AS DATE) <= $as_of
        AND (placed.held_on IS NULL OR CAST(later.held_on AS DATE) > placed.held_on)
    GROUP BY ALL
),

judged AS (
    SELECT
        *,
        CASE
            WHEN summary_sent_on < held_on THEN 'impossible'
            WHEN summary_sent_on <= $as_of THEN 'sent'
            WHEN summary_sent_on > $as_of THEN 'waiting'
            WHEN summary_recipients > 0 THEN 'sent_undated'
            WHEN has_summary_field THEN 'blank'
            ELSE 'untold'
        END AS summary
    FROM held_discussions
    JOIN facts USING (discussion_id)
)

SELECT
    discussion_id, prefecture, county_code, municipality_code, municipality_code_then, held_on,
    lead_officer_key, space_holder_key, space_holder_county_code, police_team, has_local_leader, has_room,
    nullif(len(list_distinct(list_filter(
        list_transform(string_split(channel_codes, '|'), lambda one: trim(one)), lambda one: one <> ''
    ))), 0)                                                       AS channels,
    invited, registered,
    coalesce(attendees, persons)                                  AS people,
    summary,
    CASE WHEN summary = 'sent' THEN summary_sent_on END           AS summary_sent_on,
    CASE WHEN summary <> 'waiting' THEN summary_recipients END    AS summary_recipients,
    follow_up_on
FROM judged
LEFT JOIN listed USING (discussion_id)
LEFT JOIN followed USING (discussion_id)
ORDER BY discussion_id
