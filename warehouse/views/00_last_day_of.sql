CREATE MACRO last_day_of(known_day, known_to) AS CASE known_to
    WHEN 'year' THEN make_date(year(known_day), 12, 31)
    WHEN 'month' THEN last_day(known_day)
    ELSE known_day
END;
COMMENT ON MACRO last_day_of IS 'last_day_of(date, precision): the last day on which it can have been, where only the month or year is known';
