-- Registers: readiness and its totals under load 7700, and a later delivery of both under 7701.
insert into ops.loads (load_id, source, run_id, window_start, window_end, status)
overriding system value values
(7700, 'registers', 'earlier', '2026-06-01', '2026-06-02', 'passed'),
(7701, 'registers', 'judged', '2026-07-01', '2026-07-02', 'loading');

insert into raw.registers__readiness_units
select 'units ' || load || '.csv@aaaaaaaaaaaa', 5 + n, 'An office', 1, 'plan', '0' || n || '-2008', true, null,
    'reported', '2026-01-01', case when n <= 4 then '2026-05-01' else '2026-06-20' end::date,
    case load when 7700 then '2026-06-01' else '2026-07-01' end::timestamptz, load
from generate_series(1, 8) as n, unnest(array[7700, 7701]) as load
where load = 7701 or n <= 4;

insert into raw.registers__readiness_totals
select 'totals.csv@bbbbbbbbbbbb', 5 + n, 'An office', 1, 'site', (array['ministries', '63', '34'])[n], 20,
    (array[22, 63, 34])[n], null, null, 'reported',
    (array['2026-01-01', '2023-12-01', '2026-01-01'])[n]::date, '2026-06-20', '2026-07-01', 7701
from generate_series(1, 3) as n;

insert into ops.source_files (
    source, table_name, file_name, slot_at, status, rows_read, rows_kept, rows_rejected, load_id
)
select 'registers', 'readiness_units', file_name, timestamptz '2026-07-01', 'loaded', count(*), count(*), 0, load_id
from raw.registers__readiness_units where load_id in (7700, 7701) group by file_name, load_id
union all
select 'registers', 'readiness_totals', 'totals.csv@bbbbbbbbbbbb', timestamptz '2026-07-01', 'loaded', 3, 3, 0, 7701;
