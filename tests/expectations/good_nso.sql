-- Workbooks of the statistics office: April's under load 7500, May's under 7501, with April's revision.
insert into ops.loads (load_id, source, run_id, window_start, window_end, status)
overriding system value values
(7500, 'nso', 'earlier', '2026-04-01', '2026-04-02', 'passed'),
(7501, 'nso', 'judged', '2026-05-01', '2026-05-02', 'loading');

insert into raw.nso__visitors (
    file_name, sheet, cell, release_month, period_month, period_kind, status, measure, breakdown, label,
    value_printed, arrivals_count, received_at, load_id
)
select 'Bieu-' || number || '.xlsx@' || repeat(number::text, 12), 'Du lich', col || row, make_date(2026, number, 1),
    make_date(2026, number - case when status = 'revised' then 1 else 0 end, 1), kind, status, measure,
    case row when 9 then 'total' else 'mode' end, 'Row ' || row, value,
    case when measure = 'arrivals' then value end, make_date(2026, number + 1, 3), 7496 + number
from (values (4), (5)) as release (number),
    generate_series(9, 12) as row,
    (values
        ('C', 'month', 'revised', 'arrivals', 1500000.0), ('D', 'month', 'estimate', 'arrivals', 1520000.0),
        ('E', 'year_to_date', 'estimate', 'arrivals', 7000000.0), ('F', 'month', 'estimate', 'index_previous_year', 104.2)
    ) as figure (col, kind, status, measure, value);

insert into raw.nso__fdi
select 'Bieu-' || number || '.xlsx@' || repeat(number::text, 12), 'DTNN', col || row, make_date(2026, number, 1),
    make_date(2026, number, 1), make_date(2026, number, 28), case row when 7 then 'total' else 'partner' end,
    'Row ' || row, measure, value, make_date(2026, number + 1, 3), 7496 + number
from (values (4), (5)) as release (number),
    generate_series(7, 10) as row,
    (values
        ('C', 'projects', 90.0), ('D', 'new_capital_usd_million', 800.5),
        ('E', 'adjusted_capital_usd_million', -20.5)
    ) as figure (col, measure, value);

insert into raw.nso__checks
select 'Bieu-' || number || '.xlsx@' || repeat(number::text, 12), 'Du lich', 'D' || n, make_date(2026, number, 1), 'visitors',
    'modes_of_total', 'arrivals', make_date(2026, number, 1), 'month', 1520000, 1520000, 1, true,
    make_date(2026, number + 1, 3), 7496 + number
from (values (4), (5)) as release (number), generate_series(1, 20) as n;

insert into ops.source_files (
    source, table_name, file_name, slot_at, status, rows_read, rows_kept, rows_rejected, load_id
)
select 'nso', 'workbooks', file_name, release_month, 'loaded', 28, 28, 0, load_id
from raw.nso__visitors group by file_name, release_month, load_id;
