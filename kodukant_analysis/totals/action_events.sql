-- One row a region, day of agreement, discussion, topic, way of ending and time to it: how many actions.
-- grain: prefecture x county x municipality of today x municipality of the day x agreed_on x discussion x topic x use
--        x status x days
-- reads: actions
-- uses: action_histories
-- $as_of: deliveries that speak for a later day do not exist yet
--
-- status  the state of its history: 1 completed, 2 cancelled, 0 open. An open action is known to be open only until
--         the latest delivery that says so, not until $as_of: that is where it is censored.
-- days    from agreed_on (as first delivered) to the end or to the censoring
-- use     'used', or why not: 'continuous' (never meant to end), 'no_agreed_on', 'no_status', 'no_report_date',
--         'done_without_date', 'done_before_agreed', 'done_in_future', 'reported_before_agreed'. status -1 and days 0.
WITH judged AS (
    SELECT
        *,
        CASE
            WHEN is_continuous THEN 'continuous'
            WHEN agreed_on IS NULL THEN 'no_agreed_on'
            WHEN state IS NULL THEN 'no_status'
            WHEN state = 1 AND ended_on IS NULL THEN 'done_without_date'
            WHEN ended_on IS NULL THEN 'no_report_date'
            WHEN state = 1 AND ended_on < agreed_on THEN 'done_before_agreed'
            WHEN ended_on < agreed_on THEN 'reported_before_agreed'
            WHEN ended_on > $as_of THEN 'done_in_future'
            ELSE 'used'
        END AS use
    FROM action_histories
)

SELECT
    prefecture,
    county_code,
    municipality_code,
    municipality_code_then,
    agreed_on,
    discussion_id,
    topic_id,
    use,
    CASE WHEN use = 'used' THEN state ELSE -1 END                                AS status,
    CASE WHEN use = 'used' THEN date_diff('day', agreed_on, ended_on) ELSE 0 END AS days,
    count(*)                                                                     AS actions,
    count(*) FILTER (WHERE use = 'used' AND last_status = 'partial')             AS partial,
    count(*) FILTER (WHERE use = 'used' AND last_status = 'rejected')            AS rejected
FROM judged
GROUP BY ALL
ORDER BY ALL
