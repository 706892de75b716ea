CREATE MACRO period_named(period_start, grain) AS CASE grain
    WHEN 'year' THEN strftime(period_start, '%Y')
    WHEN 'quarter' THEN strftime(period_start, '%Y') || '-Q' || quarter(period_start)
    WHEN 'month' THEN strftime(period_start, '%Y-%m')
END;
COMMENT ON MACRO period_named IS 'period_named(first_day, grain): 2019, 2019-Q4 or 2019-10';

CREATE MACRO grain_checked(grain) AS CASE WHEN grain IN ('year', 'quarter', 'month') THEN grain
    ELSE error('the grain is year, quarter or month, not ''' || grain || '''') END;
COMMENT ON MACRO grain_checked IS 'grain_checked(grain): the grain itself; an error where it is not year, quarter or month';

CREATE MACRO is_dated_to(known_to, grain) AS
    known_to = 'day' OR known_to = grain OR (known_to = 'month' AND grain IN ('quarter', 'year'));
COMMENT ON MACRO is_dated_to IS 'is_dated_to(precision, grain): whether a date that is known so far belongs to one period of the grain';
