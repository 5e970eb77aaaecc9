-- Yearly tables: three breakdowns under load 7300, and a new version of the partners' file under 7301.
insert into ops.loads (load_id, source, run_id, window_start, window_end, status)
overriding system value values
(7300, 'fia', 'earlier', '2024-01-01', '2024-01-02', 'passed'),
(7301, 'fia', 'judged', '2024-01-01', '2024-01-02', 'loading');

insert into raw.fia__registered
select breakdown || '.csv@' || case load when 7300 then 'aaaaaaaaaaaa' else 'bbbbbbbbbbbb' end,
    year * 100 + n, case load when 7300 then '2026-06-01' else '2026-07-01' end::timestamptz, 'vie', breakdown, false,
    'Label ' || n, year, 5, case n when 11 then 0 else 100 end, 2, -7, null, null, load
from (values ('partner', 7300), ('sector', 7300), ('province', 7300), ('partner', 7301)) as file (breakdown, load),
    generate_series(2015, 2024) as year, generate_series(1, 11) as n;
insert into raw.fia__registered
select 'partner.csv@bbbbbbbbbbbb', year * 100 + 50, '2026-07-01', 'vie', 'partner', true, 'Tổng số', year, 55, 1000,
    22, -77, null, null, 7301
from generate_series(2015, 2024) as year;

insert into ops.source_files (
    source, table_name, file_name, slot_at, status, rows_read, rows_kept, rows_rejected, load_id
)
select 'fia', 'registered', file_name, '2024-01-01', 'loaded', count(*), count(*), 0, load_id
from raw.fia__registered group by file_name, load_id;
