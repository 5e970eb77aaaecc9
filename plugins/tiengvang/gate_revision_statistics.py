"""What a build would take away from readers of statistics, though no file that gave it is gone."""

from __future__ import annotations

from typing import Any

from tiengvang.warehouse.connection import Connection

NAMES = ("arrivals_lost", "fdi_lost", "positions_lost")

PUBLISHED = """
    select coalesce(bool_and(to_regclass('marts.' || name) is not null), false)
    from unnest(array['fct_arrivals_month', 'fct_fdi_registered_month', 'fct_fdi_position_year'])
        as name
"""

LOST = """
    with workbooks as (
        select distinct regexp_replace(files.file_name, '@[0-9a-f]+$', '') as source_file_name
        from ops.source_files as files
        join ops.loads using (load_id)
        where files.source = 'nso' and files.status in ('loaded', 'empty')
            and loads.status = 'passed'
    ),
    -- A workbook that was supplied again without the figure: both releases are of one month.
    taken_back as (
        select distinct measure, item_kind, item_code, period_start_date
        from warehouse.mart_revision_log
        where source = 'nso' and change_kind = 'no_longer_given'
            and old_vintage_date = new_vintage_date
    ),
    -- What was mapped anew keeps its label under another code.
    arrivals as (
        select count(*) filter (where candidate.market_code is null and not exists (
            select from warehouse.fct_arrivals_month as recoded
            where recoded.country_code_iso3 = public.country_code_iso3
                and recoded.arrivals_month = public.arrivals_month
                and recoded.transport_mode = public.transport_mode
                and recoded.market_label = public.market_label
        ) and not exists (
            select from taken_back
            where measure = 'arrivals' and period_start_date = public.arrivals_month
                and item_kind = case public.transport_mode when 'all' then 'market' else 'mode' end
                and item_code = case public.transport_mode
                    when 'all' then public.market_code else public.transport_mode end
        ))::float8 as lost
        from marts.fct_arrivals_month as public
        join workbooks using (source_file_name)
        left join warehouse.fct_arrivals_month as candidate
            using (country_code_iso3, arrivals_month, market_code, transport_mode)
    ),
    -- Years to date are what is printed: months are made of them.
    licensed as (
        select count(*) filter (where after.value is null and not exists (
            select from warehouse.fct_fdi_registered_month as recoded
            where recoded.country_code_iso3 = public.country_code_iso3
                and recoded.fdi_month = public.fdi_month
                and recoded.breakdown = public.breakdown
                and recoded.unit_code <> public.unit_code
                and recoded.unit_label = public.unit_label
        ) and not exists (
            select from taken_back
            where taken_back.measure = before.measure
                and item_kind = public.breakdown and item_code = public.unit_code
                and period_start_date = public.fdi_month
        ))::float8 as lost
        from marts.fct_fdi_registered_month as public
        join workbooks using (source_file_name)
        left join warehouse.fct_fdi_registered_month as candidate
            using (country_code_iso3, fdi_month, breakdown, unit_code)
        cross join lateral (
            values ('new_projects_ytd', public.new_projects_ytd_count::float8),
                ('new_capital_registered_ytd', public.new_capital_registered_ytd_usd),
                ('adjusted_capital_registered_ytd', public.adjusted_capital_registered_ytd_usd)
        ) as before (measure, value)
        join lateral (
            values ('new_projects_ytd', candidate.new_projects_ytd_count::float8),
                ('new_capital_registered_ytd', candidate.new_capital_registered_ytd_usd),
                ('adjusted_capital_registered_ytd', candidate.adjusted_capital_registered_ytd_usd)
        ) as after (measure, value) using (measure)
        where before.value is not null
    ),
    vintages as (
        select 'position' as figure, country_code_iso3, vintage_date, load_id
        from raw.imf__vintages
        union all
        select unnest(array['flow', 'flow_without_spe']), country_code_iso3, vintage_date, load_id
        from raw.oecd__vintages
    ),
    -- Of countries alone: a group or an unknown code may come to mean something else.
    positions as (
        select count(*) filter (where after.vintage_date is null)::float8 as lost
        from marts.fct_fdi_position_year as public
        left join warehouse.fct_fdi_position_year as candidate
            using (country_code_iso3, partner_code, position_year)
        cross join lateral (
            values ('position', public.fdi_position_imf_vintage_date),
                ('flow', public.fdi_flow_oecd_vintage_date),
                ('flow_without_spe', public.fdi_flow_oecd_without_spe_vintage_date)
        ) as before (figure, vintage_date)
        join lateral (
            values ('position', candidate.fdi_position_imf_vintage_date),
                ('flow', candidate.fdi_flow_oecd_vintage_date),
                ('flow_without_spe', candidate.fdi_flow_oecd_without_spe_vintage_date)
        ) as after (figure, vintage_date) using (figure)
        join vintages on vintages.figure = before.figure
            and vintages.country_code_iso3 = public.country_code_iso3
            and vintages.vintage_date = before.vintage_date
        join ops.loads using (load_id)
        where public.partner_kind = 'country' and loads.status = 'passed'
    )
    select (select lost from arrivals), (select lost from licensed), (select lost from positions)
"""


def lost_statistics(connection: Connection) -> dict[str, float | None]:
    """Count the published figures that the candidates do not have, though their files stand.

    A figure may go with its workbook (refused, quarantined) or vintage, where the workbook was
    supplied again without it, and where its label now stands under another code.

    Returns:
        ``arrivals_lost``: months of a market or mode; ``fdi_lost``: years to date of a partner,
        province or total; ``positions_lost``: positions and flows of an investing country and year.
        Each null where nothing is published yet.
    """
    published: Any = connection.execute(PUBLISHED).fetchone()
    if not published[0]:
        return dict.fromkeys(NAMES)
    row: Any = connection.execute(LOST).fetchone()
    return dict(zip(NAMES, row, strict=True))
