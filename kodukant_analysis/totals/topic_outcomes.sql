-- One row a topic of a held discussion: who raised it, how it was talked over, what came of it.
-- grain: topic (the same topic in several files is one; of each fact the first that any of its rows tells); a held
--        discussion of which no topic is told has one row without topic_id
-- reads: discussions, topics, actions, attendance
-- uses: discussion_facts, action_histories
-- $as_of: what happened after this day has not happened yet; $linked: least share of a discussion's actions that must
--         name their topic
--
-- sector     of the group that raised it, as the attendance lists have it, else as is usual; missing for unknown groups
-- days       from the discussion to the first action that names the topic, where one does
-- undated    actions that name the topic and tell no day, or one before the discussion
-- is_linked  whether it is known which topics of the discussion led to actions: enough of its actions name theirs or,
--            where no action is told, the board tells next steps and an action is not among them. No action told is
--            not "no action agreed": of many discussions the sheet of actions was never delivered.
WITH usual(code, sector) AS (
    VALUES ('police', 'police'), ('assistant_police', 'police'),
           ('local_government', 'local_government'), ('social_work', 'local_government'),
           ('school_youth_work', 'local_government'),
           ('rescue', 'state'), ('other_state', 'state'),
           ('resident', 'community'), ('village_elder', 'community'), ('neighbourhood_watch', 'community'),
           ('volunteer_rescuer', 'community'), ('defence_league', 'community'), ('ngo_housing', 'community'),
           ('business', 'community'), ('youth', 'community'),
           ('media_guest', 'other')
),

-- which group counts to which sector is for the site to say: its lists of attendance do
groups AS (
    SELECT coalesce(listed.code, usual.code) AS code, coalesce(listed.sector, usual.sector) AS sector
    FROM usual
    FULL JOIN (
        SELECT CAST("group" AS VARCHAR) AS code, min(CAST(sector AS VARCHAR)) AS sector
        FROM attendance
        WHERE CAST("group" AS VARCHAR) <> 'unmapped' AND sector IS NOT NULL
        GROUP BY ALL
    ) AS listed ON usual.code = listed.code
),

told AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY CAST(topic_id AS VARCHAR) ORDER BY source_file, source_sheet, source_row) AS place_in_line
    FROM topics
    WHERE topic_id IS NOT NULL AND discussion_id IS NOT NULL
),

board AS (
    SELECT
        CAST(topic_id AS VARCHAR)                                                                               AS topic_id,
        arg_min(CAST(discussion_id AS VARCHAR), place_in_line)                                                  AS discussion_id,
        CAST(arg_min(category, place_in_line) FILTER (WHERE category IS NOT NULL) AS VARCHAR)                   AS category,
        CAST(arg_min(raised_by, place_in_line) FILTER (WHERE raised_by IS NOT NULL) AS VARCHAR)                 AS raised_by,
        CAST(arg_min(participants, place_in_line) FILTER (WHERE participants IS NOT NULL) AS BIGINT)            AS participants,
        CAST(arg_min(points, place_in_line) FILTER (WHERE points IS NOT NULL) AS BIGINT)                        AS points,
        CAST(arg_min(has_summary, place_in_line) FILTER (WHERE has_summary IS NOT NULL) AS BOOLEAN)             AS has_summary,
        CAST(arg_min(solutions, place_in_line) FILTER (WHERE solutions IS NOT NULL) AS BIGINT)                  AS solutions,
        CAST(arg_min(next_step, place_in_line) FILTER (WHERE next_step IS NOT NULL) AS VARCHAR)                 AS next_step
    FROM told
    GROUP BY topic_id
),

linking AS (
    SELECT discussion_id, count(*) AS actions, count(topic_id) AS linked
    FROM action_histories
    GROUP BY discussion_id
),

next_steps AS (
    SELECT
        discussion_id,
        bool_or(next_step = 'action')                          AS is_action_meant,
        bool_or(next_step IN ('handed_over', 'no_action'))     AS is_other_meant
    FROM board
    GROUP BY discussion_id
),

led_to AS (
    SELECT
        board.topic_id,
        min(date_diff('day', held_on, agreed_on)) FILTER (WHERE agreed_on >= held_on) AS days,
        count(*) FILTER (WHERE agreed_on IS NULL OR agreed_on < held_on)              AS undated
    FROM board
    JOIN action_histories AS actions ON actions.topic_id = board.topic_id
    JOIN discussion_facts AS facts ON facts.discussion_id = board.discussion_id
    GROUP BY board.topic_id
)

SELECT
    facts.discussion_id, facts.prefecture, facts.county_code, facts.municipality_code, facts.municipality_code_then,
    facts.held_on,
    board.topic_id, category, groups.sector, participants, points, has_summary, solutions, next_step,
    CAST(led_to.days AS BIGINT)       AS days,
    coalesce(led_to.undated, 0)       AS undated,
    CASE
        WHEN linking.actions > 0 THEN linking.linked >= $linked * linking.actions
        ELSE coalesce(is_other_meant AND NOT coalesce(is_action_meant, FALSE), FALSE)
    END                               AS is_linked
FROM discussion_facts AS facts
LEFT JOIN board ON board.discussion_id = facts.discussion_id
LEFT JOIN groups ON groups.code = board.raised_by
LEFT JOIN linking ON linking.discussion_id = facts.discussion_id
LEFT JOIN next_steps ON next_steps.discussion_id = facts.discussion_id
LEFT JOIN led_to ON led_to.topic_id = board.topic_id
ORDER BY facts.discussion_id, board.topic_id
