-- Who may do what. Roles are shared by all databases of a server; grants are per database.
-- loader: raw and the ledger. builder: reads raw, owns what dbt builds. publisher: marts and
-- editions. reader: selects marts. analyst: reads marts, owns views in analyst.

do $$
declare
    role_name text;
begin
    foreach role_name in array array['loader', 'builder', 'publisher', 'reader', 'analyst'] loop
        if not exists (select from pg_roles where rolname = 'tiengvang_' || role_name) then
            execute format('create role %I nologin', 'tiengvang_' || role_name);
        end if;
        execute format('grant %I to current_user', 'tiengvang_' || role_name);
    end loop;
end $$;

revoke all on schema public from public;
do $$ begin execute format('revoke all on database %I from public', current_database()); end $$;
do $$ begin
    execute format(
        'grant connect on database %I to tiengvang_loader, tiengvang_builder, tiengvang_publisher, '
        || 'tiengvang_reader, tiengvang_analyst', current_database()
    );
    -- dbt creates the schemas that it lacks
    execute format(
        'grant create, temporary on database %I to tiengvang_builder', current_database()
    );
    -- publication compares rows in temporary tables
    execute format(
        'grant temporary on database %I to tiengvang_publisher', current_database()
    );
end $$;

grant usage on schema ops to tiengvang_loader, tiengvang_builder, tiengvang_publisher;
grant select on all tables in schema ops
to tiengvang_loader, tiengvang_builder, tiengvang_publisher;
grant execute on function ops.as_of() to tiengvang_loader, tiengvang_builder, tiengvang_publisher;

grant usage on schema raw to tiengvang_loader, tiengvang_builder;
grant select, insert, update, delete on all tables in schema raw to tiengvang_loader;
grant insert, update, delete on ops.loads, ops.source_files, ops.rejected_rows, ops.registrations,
ops.changed_days, ops.gate_results, ops.world to tiengvang_loader;

grant select on all tables in schema raw to tiengvang_builder;
grant insert, update, delete on ops.builds, ops.changed_days, ops.gate_results, ops.source_freshness
to tiengvang_builder;
grant usage on schema computed to tiengvang_builder;
grant select, insert, update, delete on all tables in schema computed to tiengvang_builder;
alter schema staging owner to tiengvang_builder;
alter schema intermediate owner to tiengvang_builder;
alter schema warehouse owner to tiengvang_builder;
alter schema qc owner to tiengvang_builder;
alter schema seeds owner to tiengvang_builder;

grant usage on schema warehouse to tiengvang_publisher;
alter default privileges for role tiengvang_builder in schema warehouse
grant select on tables to tiengvang_publisher;
grant select on all tables in schema warehouse to tiengvang_publisher;
alter schema marts owner to tiengvang_publisher;
grant insert, update, delete on ops.publications, ops.editions, ops.gate_results, ops.notices,
ops.notice_deliveries to tiengvang_publisher;
grant insert on ops.restatements to tiengvang_publisher;
grant update on ops.builds, ops.changed_days to tiengvang_publisher;

grant usage on schema marts to tiengvang_reader, tiengvang_analyst, tiengvang_builder;
alter default privileges for role tiengvang_publisher in schema marts
grant select on tables to tiengvang_reader, tiengvang_analyst, tiengvang_builder;
grant select on all tables in schema marts
to tiengvang_reader, tiengvang_analyst, tiengvang_builder;
alter schema analyst owner to tiengvang_analyst;

-- information_schema shows keys only to whoever may refer to them, and BI tools look there. The
-- reader may create no table that would.
alter default privileges for role tiengvang_publisher in schema marts
grant references on tables to tiengvang_reader;
grant references on all tables in schema marts to tiengvang_reader;

-- Whoever may connect may make large objects, unless a superuser says otherwise.
do $$ begin
    if (select rolsuper from pg_roles where rolname = current_user) then
        revoke execute on function lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea)
        from public;
    end if;
end $$;
