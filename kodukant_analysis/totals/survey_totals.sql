-- One row a series, wave, question, scale, region, stratum and sampling point: the sums a share or a mean needs.
-- grain: series x wave x question x scale x survey_region x prefecture x county x municipality of today x municipality
--        of the day x stratum x cluster
-- reads: answers
-- $as_of: waves still in the field on this day do not exist yet; $base: 'all' (don't know is an answer, as in published
-- Estonian series) or 'substantive'; $weightless: largest share of answers without a weight that may be left out;
-- $counted: what y is. 1 for an answer that is 'positive' (a top one), 'neutral' (the middle of a scale that has one),
-- 'negative' (below), 'dont_know', or the one with this code ('4'), else 0; or its 'score' (0-100)
--
-- weighting   'weighted'; 'unweighted' (the wave has no weights); 'weights_missing' (too many lack one: counted as 1
--             each for the whole wave, never filled in beside real weights). A weight of zero or less is no weight.
-- fielded_on  last day of the wave's fieldwork, the same in all its rows; missing where no row tells it
-- n           answers in the base, k of them with y = 1; n_dk don't know; n_weightless left out for want of a weight
-- sw sw2 ...  sums of w, w², wy, w²y, wy² and w²y² over the base; y_min, y_max its least and greatest y
-- cluster     '' where the wave has no sampling points; a respondent without one is a point of his own
-- A sampling point without an answer in the base keeps its row with n = 0: the variance needs it.
WITH typed AS (
    SELECT
        replace(coalesce(CAST(series AS VARCHAR), 'unknown'), ':', ' ') AS series,
        coalesce(CAST(wave AS VARCHAR), '')                             AS wave,
        CAST(question AS VARCHAR)                                       AS question,
        coalesce(CAST(scale AS VARCHAR), '')                            AS scale,
        coalesce(CAST(survey_region AS VARCHAR), '')                    AS survey_region,
        coalesce(CAST(prefecture AS VARCHAR), '')                       AS prefecture,
        coalesce(CAST(county_code AS VARCHAR), '')                      AS county_code,
        coalesce(CAST(municipality_code AS VARCHAR), '')                AS municipality_code,
        coalesce(CAST(municipality_code_then AS VARCHAR), '')           AS municipality_code_then,
        CAST(stratum AS VARCHAR)                                        AS stratum,
        CAST(cluster AS VARCHAR)                                        AS cluster,
        coalesce(CAST(fielded_to AS DATE), CAST(fielded_from AS DATE))  AS fielded_on,
        coalesce(CAST(respondent_key AS VARCHAR), source_file || ' ' || CAST(source_row AS VARCHAR)) AS respondent,
        CASE WHEN CAST(weight AS DOUBLE) > 0 THEN CAST(weight AS DOUBLE) END AS weight,
        coalesce(CAST(is_dont_know AS BOOLEAN), FALSE)                  AS is_dont_know,
        CAST(is_positive AS BOOLEAN)                                    AS is_positive,
        CAST(answer AS DOUBLE)                                          AS answer,
        CAST(score AS DOUBLE)                                           AS score
    FROM answers
    -- 'other' is many questions under one name: no share can be taken of it
    WHERE question IS NOT NULL AND CAST(question AS VARCHAR) <> 'other'
      AND coalesce(
          CAST(fielded_to AS DATE), CAST(fielded_from AS DATE),
          -- a wave without a day that bears the name of a later year was not there either
          make_date(TRY_CAST(regexp_extract(wave, '^(19|20)\d\d') AS BIGINT), 1, 1), $as_of
      ) <= $as_of
),

answered AS (
    SELECT
        *,
        CASE
            WHEN is_dont_know THEN $base = 'all' AND $counted <> 'score'
            WHEN $counted = 'score' THEN score IS NOT NULL
            ELSE is_positive IS NOT NULL
        END AS in_base,
        CASE
            WHEN is_dont_know THEN CAST($counted = 'dont_know' AS DOUBLE)
            WHEN $counted = 'positive' THEN CAST(is_positive AS DOUBLE)
            WHEN $counted = 'neutral' THEN CAST(NOT is_positive AND score = 50 AS DOUBLE)
            WHEN $counted = 'negative' THEN CAST(NOT is_positive AND score <> 50 AS DOUBLE)
            WHEN $counted = 'score' THEN score
            ELSE CAST(coalesce(answer = TRY_CAST($counted AS DOUBLE), FALSE) AS DOUBLE)
        END AS y
    FROM typed
),

waves AS (
    SELECT
        series,
        wave,
        CASE
            WHEN count(weight) FILTER (WHERE in_base) = 0 THEN 'unweighted'
            WHEN count(*) FILTER (WHERE in_base AND weight IS NULL) > $weightless * count(*) FILTER (WHERE in_base)
                THEN 'weights_missing'
            ELSE 'weighted'
        END AS weighting,
        count(cluster) > 0 AS has_clusters,
        max(fielded_on)    AS fielded_on
    FROM answered
    GROUP BY series, wave
),

weighed AS (
    SELECT
        series, wave, question, scale, survey_region, prefecture, county_code, municipality_code,
        municipality_code_then, weighting, waves.fielded_on,
        is_dont_know, y,
        coalesce(stratum, '')                                                                    AS stratum,
        CASE WHEN has_clusters THEN coalesce(cluster, 'respondent ' || respondent) ELSE '' END   AS cluster,
        in_base AND weighting = 'weighted' AND weight IS NULL                                    AS weightless,
        in_base AND (weighting <> 'weighted' OR weight IS NOT NULL)                              AS counts,
        CASE WHEN weighting = 'weighted' THEN weight ELSE 1 END                                  AS w
    FROM answered
    JOIN waves USING (series, wave)
)

SELECT
    series, wave, question, scale, survey_region, prefecture, county_code, municipality_code,
    municipality_code_then, stratum, cluster, weighting, fielded_on,
    count(*) FILTER (WHERE counts)                              AS n,
    count(*) FILTER (WHERE is_dont_know AND NOT weightless)     AS n_dk,
    count(*) FILTER (WHERE counts AND y = 1)                    AS k,
    count(*) FILTER (WHERE weightless)                          AS n_weightless,
    coalesce(sum(w) FILTER (WHERE counts), 0)                   AS sw,
    coalesce(sum(w * w) FILTER (WHERE counts), 0)               AS sw2,
    coalesce(sum(w * y) FILTER (WHERE counts), 0)               AS swy,
    coalesce(sum(w * w * y) FILTER (WHERE counts), 0)           AS sw2y,
    coalesce(sum(w * y * y) FILTER (WHERE counts), 0)           AS swyy,
    coalesce(sum(w * w * y * y) FILTER (WHERE counts), 0)       AS sw2yy,
    min(y) FILTER (WHERE counts)                                AS y_min,
    max(y) FILTER (WHERE counts)                                AS y_max
FROM weighed
GROUP BY ALL
ORDER BY ALL
