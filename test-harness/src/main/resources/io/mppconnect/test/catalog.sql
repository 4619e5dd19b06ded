-- What Greenplum 6 has in its catalog and PostgreSQL lacks. Objects named mpp_* are the emulation's own.

create foreign data wrapper gpfdist;
create server gpfdist foreign data wrapper gpfdist;
grant usage on foreign server gpfdist to public;

create table pg_catalog.gp_segment_configuration (
  dbid smallint not null,
  content smallint not null,
  role "char" not null,
  preferred_role "char" not null,
  mode "char" not null,
  status "char" not null,
  port integer not null,
  hostname text,
  address text,
  datadir text
);

create table pg_catalog.gp_id (
  gpname name not null,
  numsegments smallint not null,
  dbid smallint not null,
  content smallint not null
);
insert into pg_catalog.gp_id values ('Greenplum', -1, -1, -1);

create table pg_catalog.mpp_distribution_policy (
  localoid oid not null primary key,
  policytype "char" not null,
  numsegments integer not null,
  distkey int2vector not null,
  distclass oidvector not null
);

create table pg_catalog.mpp_exttable (
  reloid oid not null primary key,
  urilocation text[],
  execlocation text[],
  fmttype "char",
  fmtopts text,
  options text[],
  command text,
  rejectlimit integer,
  rejectlimittype "char",
  logerrors boolean,
  encoding integer,
  writable boolean
);

create table pg_catalog.mpp_appendonly (
  relid oid not null primary key,
  blocksize integer not null,
  safefswritesize integer not null,
  compresslevel smallint not null,
  checksum boolean not null,
  compresstype name not null,
  columnstore boolean not null,
  segrelid oid not null,
  blkdirrelid oid not null,
  blkdiridxid oid not null,
  visimaprelid oid not null,
  visimapidxid oid not null
);

-- Temporary tables that go with their session take no trigger with them.
create view pg_catalog.gp_distribution_policy as
  select * from pg_catalog.mpp_distribution_policy
   where exists (select from pg_catalog.pg_class c where c.oid = localoid);
create view pg_catalog.pg_exttable as
  select * from pg_catalog.mpp_exttable where exists (select from pg_catalog.pg_class c where c.oid = reloid);
create view pg_catalog.pg_appendonly as
  select * from pg_catalog.mpp_appendonly where exists (select from pg_catalog.pg_class c where c.oid = relid);

create view pg_catalog.pg_partition as
  select partrelid as parrelid,
         partstrat as parkind,
         0::smallint as parlevel,
         false as paristemplate,
         partnatts as parnatts,
         partattrs as paratts,
         partclass as parclass,
         partrelid as oid
    from pg_catalog.pg_partitioned_table;

-- A row per partition of a partitioned table, those of partitions among them.
create view pg_catalog.pg_partition_rule as
  select partrelid as paroid,
         relid as parchildrelid
    from pg_catalog.pg_partitioned_table, pg_catalog.pg_partition_tree(partrelid)
   where relid <> partrelid;

create table pg_catalog.mpp_role (
  roleid oid not null primary key,
  rolcreaterextgpfd boolean not null default false,
  rolcreaterexthttp boolean not null default false,
  rolcreatewextgpfd boolean not null default false
);

create table pg_catalog.mpp_setting (
  name text not null primary key,
  value text not null,
  vartype text not null,
  unit text,
  min_val bigint,
  max_val bigint
);

create table pg_catalog.mpp_error_log (
  position bigint generated always as identity,
  reloid oid not null,
  cmdtime timestamptz not null default clock_timestamp(),
  relname text not null,
  filename text not null,
  linenum integer,
  bytenum integer,
  errmsg text not null,
  rawdata text,
  rawbytes bytea,
  segment integer not null
);
create index on pg_catalog.mpp_error_log (reloid);

grant select on pg_catalog.gp_segment_configuration, pg_catalog.gp_id, pg_catalog.gp_distribution_policy,
  pg_catalog.pg_exttable, pg_catalog.pg_appendonly, pg_catalog.pg_partition,
  pg_catalog.pg_partition_rule, pg_catalog.mpp_role,
  pg_catalog.mpp_setting to public;

create or replace view pg_catalog.pg_roles as
  select a.rolname, a.rolsuper, a.rolinherit, a.rolcreaterole, a.rolcreatedb, a.rolcanlogin, a.rolreplication,
         a.rolconnlimit, '********'::text as rolpassword, a.rolvaliduntil, a.rolbypassrls,
         s.setconfig as rolconfig, a.oid,
         a.rolsuper or coalesce(r.rolcreaterextgpfd, false) as rolcreaterextgpfd,
         a.rolsuper or coalesce(r.rolcreaterexthttp, false) as rolcreaterexthttp,
         a.rolsuper or coalesce(r.rolcreatewextgpfd, false) as rolcreatewextgpfd
    from pg_catalog.pg_authid a
    left join pg_catalog.pg_db_role_setting s on a.oid = s.setrole and s.setdatabase = 0
    left join pg_catalog.mpp_role r on a.oid = r.roleid;

alter function pg_catalog.version() rename to mpp_version_of_postgres;
create function pg_catalog.version() returns text language sql stable as $$
  select 'PostgreSQL 9.4.26 (Greenplum Database 6.24.3 build commit:25d3498a400ca5230e81abb94861f23389315213) on x86_64-unknown-linux-gnu, compiled by gcc (Debian 12.2.0-14+deb12u1) 12.2.0, 64-bit '::text
$$;

-- Settings: a value that was set is kept by PostgreSQL under mpp.<name>; one that was not is that of mpp_setting.

alter function pg_catalog.current_setting(text) rename to mpp_current_setting_of_postgres;
alter function pg_catalog.current_setting(text, boolean) rename to mpp_current_setting_of_postgres;
alter function pg_catalog.set_config(text, text, boolean) rename to mpp_set_config_of_postgres;

create function pg_catalog.mpp_unit(unit text) returns numeric language sql immutable as $$
  select f from (values ('ms', 0.001), ('s', 1), ('min', 60), ('h', 3600), ('d', 86400),
    ('kB', 1), ('MB', 1024), ('GB', 1048576)) as units(u, f) where u = unit
$$;

-- The number of an integer setting, in its own unit.
create function pg_catalog.mpp_setting_number(s pg_catalog.mpp_setting, given text) returns numeric
  language plpgsql stable as $$
declare
  number numeric;
begin
  if given !~ '^\s*-?[0-9]+\s*(ms|s|min|h|d|kB|MB|GB)?\s*$' then
    raise exception using errcode = '22023',
      message = format('invalid value for parameter "%s": "%s"', s.name, given);
  end if;
  number := trunc(substring(given from '-?[0-9]+')::numeric
    * coalesce(pg_catalog.mpp_unit(substring(given from '[a-zA-Z]+')) / pg_catalog.mpp_unit(s.unit), 1));
  if number not between s.min_val and s.max_val then
    raise exception using errcode = '22023',
      message = format('%s is outside the valid range for parameter "%s" (%s .. %s)', number, s.name, s.min_val, s.max_val);
  end if;
  return number;
end
$$;

-- The value of a setting as the database shows it: with the largest unit that fits.
create function pg_catalog.mpp_setting_value(setting text, given text) returns text language plpgsql stable as $$
declare
  s pg_catalog.mpp_setting;
  number numeric;
  shown text;
begin
  select * into s from pg_catalog.mpp_setting where mpp_setting.name = lower(setting);
  if s.vartype = 'bool' then
    return case when given::boolean then 'on' else 'off' end;
  end if;
  if s.vartype is distinct from 'integer' then
    return given;
  end if;
  number := pg_catalog.mpp_setting_number(s, given);
  if s.unit is null or number <= 0 then
    return number::text;
  end if;
  select trunc(number * pg_catalog.mpp_unit(s.unit) / pg_catalog.mpp_unit(u))::text || u into shown
    from unnest(case when s.unit = 'kB' then array['GB', 'MB', 'kB'] else array['d', 'h', 'min', 's', 'ms'] end)
         with ordinality as units(u, position)
   where mod(number * pg_catalog.mpp_unit(s.unit), pg_catalog.mpp_unit(u)) = 0 order by position limit 1;
  return shown;
end
$$;

create function pg_catalog.mpp_has_setting(setting text) returns boolean language sql stable as $$
  select exists (select from pg_catalog.mpp_setting where name = lower(setting))
$$;

create function pg_catalog.current_setting(text, boolean) returns text language sql stable strict as $$
  select case when pg_catalog.mpp_has_setting($1)
    then coalesce(nullif(pg_catalog.mpp_current_setting_of_postgres('mpp.' || lower($1), true), ''),
                  (select value from pg_catalog.mpp_setting where name = lower($1)))
    else pg_catalog.mpp_current_setting_of_postgres($1, $2) end
$$;

create function pg_catalog.current_setting(text) returns text language sql stable strict as $$
  select pg_catalog.current_setting($1, false)
$$;

create function pg_catalog.set_config(text, text, boolean) returns text language sql volatile as $$
  select case when pg_catalog.mpp_has_setting($1)
    then pg_catalog.mpp_set_config_of_postgres('mpp.' || lower($1), pg_catalog.mpp_setting_value($1, $2), $3)
    else pg_catalog.mpp_set_config_of_postgres($1, $2, $3) end
$$;

create or replace view pg_catalog.pg_settings as
  select * from pg_catalog.pg_show_all_settings() a where a.name not like 'mpp.%' and not pg_catalog.mpp_has_setting(a.name)
  union all
  select s.name,
         case when s.vartype = 'integer' then pg_catalog.mpp_setting_number(s, pg_catalog.current_setting(s.name))::text
              else pg_catalog.current_setting(s.name) end,
         s.unit, 'Greenplum', null, null, 'user', s.vartype, 'default',
         s.min_val::text, s.max_val::text, null, s.value, s.value, null, null, false
    from pg_catalog.mpp_setting s;

-- External tables.

create function pg_catalog.mpp_like(liked regclass) returns text language sql stable as $$
  select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
    from pg_catalog.pg_attribute where attrelid = liked and attnum > 0 and not attisdropped
$$;

create function pg_catalog.mpp_record_external_table(
    table_name text, locations text[], format_type "char", format_options text, reject_limit integer,
    reject_limit_type "char", log_errors boolean, encoding_id integer, is_writable boolean)
  returns void language sql security definer as $$
  insert into pg_catalog.mpp_exttable values (table_name::regclass, locations, '{ALL_SEGMENTS}', format_type,
    format_options, '{}', null, reject_limit, reject_limit_type, log_errors, encoding_id, is_writable)
$$;

create function pg_catalog.gp_read_error_log(exttable text, out cmdtime timestamptz, out relname text,
    out filename text, out linenum integer, out bytenum integer, out errmsg text, out rawdata text,
    out rawbytes bytea) returns setof record language sql volatile security definer as $$
  select cmdtime, relname, filename, linenum, bytenum, errmsg, rawdata, rawbytes
    from pg_catalog.mpp_error_log where reloid = exttable::regclass order by position
$$;

create function pg_catalog.mpp_read_error_log(exttable text, out cmdtime timestamptz, out relname text,
    out filename text, out linenum integer, out bytenum integer, out errmsg text, out rawdata text,
    out rawbytes bytea, out segment integer) returns setof record language sql volatile security definer as $$
  select cmdtime, relname, filename, linenum, bytenum, errmsg, rawdata, rawbytes, segment
    from pg_catalog.mpp_error_log where reloid = exttable::regclass order by position
$$;

create function pg_catalog.gp_execution_segment() returns integer language sql volatile as 'select -1';

create function pg_catalog.gp_truncate_error_log(relname text) returns boolean
  language plpgsql volatile security definer as $$
begin
  delete from pg_catalog.mpp_error_log where reloid = gp_truncate_error_log.relname::regclass;
  return true;
end
$$;

-- Distribution.

create function pg_catalog.mpp_default_class(type_id oid) returns oid language sql stable as $$
  select c.oid from pg_catalog.pg_opclass c join pg_catalog.pg_am m on m.oid = c.opcmethod
   where m.amname = 'hash' and c.opcdefault
     and (c.opcintype = type_id
       or (c.opcintype = 'text'::regtype and type_id = 'varchar'::regtype)
       or (c.opcintype = 'anyarray'::regtype and (select typelem <> 0 and typlen = -1 from pg_catalog.pg_type where oid = type_id))
       or (c.opcintype = 'anyenum'::regtype and (select typtype = 'e' from pg_catalog.pg_type where oid = type_id))
       or (c.opcintype = 'anyrange'::regtype and (select typtype = 'r' from pg_catalog.pg_type where oid = type_id)))
   order by c.opcintype = type_id desc limit 1
$$;

create function pg_catalog.mpp_segments() returns integer language sql stable as $$
  select count(*)::integer from pg_catalog.gp_segment_configuration where content >= 0 and role = 'p'
$$;

create function pg_catalog.mpp_set_distribution(relation oid, policy "char", columns text[], classes text[])
  returns void language plpgsql security definer as $$
declare
  keys text := '';
  class_ids text := '';
  key_column smallint;
  column_type oid;
  class_id oid;
begin
  for i in 1 .. coalesce(array_length(columns, 1), 0) loop
    select attnum, atttypid into key_column, column_type from pg_catalog.pg_attribute
     where attrelid = relation and attname = columns[i] and attnum > 0 and not attisdropped;
    if not found then
      raise exception using errcode = '42703',
        message = format('column "%s" named in ''DISTRIBUTED BY'' clause does not exist', columns[i]);
    end if;
    if classes[i] = '' then
      class_id := pg_catalog.mpp_default_class(column_type);
    else
      select c.oid into class_id from pg_catalog.pg_opclass c join pg_catalog.pg_am m on m.oid = c.opcmethod
       where m.amname = 'hash' and c.opcname = classes[i];
      if not found then
        raise exception using errcode = '42704',
          message = format('operator class "%s" does not exist for access method "hash"', classes[i]);
      end if;
    end if;
    if class_id is null then
      raise exception using errcode = '42704',
        message = format('data type %s has no default operator class for access method "hash"', format_type(column_type, null)),
        hint = 'You must specify an operator class or define a default operator class for the data type.';
    end if;
    keys := keys || ' ' || key_column;
    class_ids := class_ids || ' ' || class_id;
  end loop;
  delete from pg_catalog.mpp_distribution_policy where localoid = relation;
  insert into pg_catalog.mpp_distribution_policy values
    (relation, policy, pg_catalog.mpp_segments(), trim(keys)::int2vector, trim(class_ids)::oidvector);
end
$$;

create function pg_catalog.mpp_distribute(table_name text, policy "char", columns text[], classes text[])
  returns void language plpgsql security definer as $$
declare
  key_columns text[];
begin
  select array_agg(a.attname::text) into key_columns
    from pg_catalog.pg_index i
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
   where i.indrelid = table_name::regclass and i.indisprimary;
  if key_columns is not null and (policy = 'p' and (array_length(columns, 1) is null or not columns <@ key_columns)) then
    raise exception using errcode = '42P16',
      message = 'PRIMARY KEY and DISTRIBUTED BY definitions are incompatible',
      hint = 'When there is both a PRIMARY KEY and a DISTRIBUTED BY clause, the DISTRIBUTED BY clause must be a subset of the PRIMARY KEY.';
  end if;
  perform pg_catalog.mpp_set_distribution(relid, policy, columns, classes)
    from (select table_name::regclass as relid
          union select inhrelid from pg_catalog.pg_inherits where inhparent = table_name::regclass) family;
end
$$;

create function pg_catalog.mpp_distribute_like(table_name text, liked text)
  returns void language sql security definer as $$
  select pg_catalog.mpp_distribute(table_name, p.policytype,
      array(select a.attname::text from unnest(p.distkey::smallint[]) with ordinality k(attnum, position)
              join pg_catalog.pg_attribute a on a.attrelid = p.localoid and a.attnum = k.attnum order by position),
      array(select c.opcname::text from unnest(p.distclass::oid[]) with ordinality k(id, position)
              join pg_catalog.pg_opclass c on c.oid = k.id order by position))
    from pg_catalog.gp_distribution_policy p where p.localoid = liked::regclass
$$;

create function pg_catalog.mpp_default_columns(relation oid) returns text[] language sql stable as $$
  select coalesce(
    (select array_agg(a.attname::text order by array_position(i.indkey::smallint[], a.attnum))
       from (select * from pg_catalog.pg_index where indrelid = relation and indisunique
              order by indisprimary desc, indexrelid limit 1) i
       join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)),
    (select array[a.attname::text] from pg_catalog.pg_attribute a
      where a.attrelid = relation and a.attnum > 0 and not a.attisdropped
        and pg_catalog.mpp_default_class(a.atttypid) is not null order by a.attnum limit 1))
$$;

create function pg_catalog.mpp_table_created() returns event_trigger language plpgsql security definer as $$
declare
  created record;
  parent_policy pg_catalog.gp_distribution_policy;
  columns text[];
begin
  for created in
      select distinct c.oid from pg_catalog.pg_event_trigger_ddl_commands() d join pg_catalog.pg_class c on c.oid = d.objid
       where d.classid = 'pg_catalog.pg_class'::regclass and c.relkind in ('r', 'p', 'f')
         and c.relname not like 'mpp\_scan\_%'
         and d.command_tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'CREATE FOREIGN TABLE') loop
    select p.* into parent_policy from pg_catalog.pg_inherits h
      join pg_catalog.gp_distribution_policy p on p.localoid = h.inhparent where h.inhrelid = created.oid;
    if found then
      insert into pg_catalog.mpp_distribution_policy
        values (created.oid, parent_policy.policytype, parent_policy.numsegments, parent_policy.distkey, parent_policy.distclass)
        on conflict do nothing;
    elsif exists (select from pg_catalog.pg_class where oid = created.oid and relkind = 'f') then
      perform pg_catalog.mpp_set_distribution(created.oid, 'p', null, null);
    else
      columns := pg_catalog.mpp_default_columns(created.oid);
      perform pg_catalog.mpp_set_distribution(created.oid, 'p', columns,
        array_fill(''::text, array[coalesce(array_length(columns, 1), 0)]));
    end if;
  end loop;
end
$$;

create function pg_catalog.mpp_table_dropped() returns event_trigger language plpgsql security definer as $$
declare
  dropped oid[];
begin
  select array_agg(objid) into dropped from pg_catalog.pg_event_trigger_dropped_objects()
   where classid = 'pg_catalog.pg_class'::regclass and objsubid = 0;
  if dropped is not null then
    delete from pg_catalog.mpp_distribution_policy where localoid = any (dropped);
    delete from pg_catalog.mpp_exttable where reloid = any (dropped);
    delete from pg_catalog.mpp_appendonly where relid = any (dropped);
    delete from pg_catalog.mpp_error_log where reloid = any (dropped);
  end if;
end
$$;

create event trigger mpp_table_created on ddl_command_end
  when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'CREATE FOREIGN TABLE')
  execute function pg_catalog.mpp_table_created();
create event trigger mpp_table_dropped on sql_drop execute function pg_catalog.mpp_table_dropped();

create function pg_catalog.mpp_record_storage(table_name text, column_store boolean, compress_type text,
    compress_level integer, block_size integer, has_checksum boolean) returns void language sql security definer as $$
  insert into pg_catalog.mpp_appendonly
  select relid, block_size, 0, compress_level, has_checksum, compress_type, column_store, 0, 0, 0, 0, 0
    from (select table_name::regclass as relid
          union select inhrelid from pg_catalog.pg_inherits where inhparent = table_name::regclass) family
$$;

create function pg_catalog.pg_get_table_distributedby(relation oid) returns text language sql stable as $$
  select case
    when policytype = 'r' then 'DISTRIBUTED REPLICATED'
    when coalesce(array_length(distkey::smallint[], 1), 0) = 0 then 'DISTRIBUTED RANDOMLY'
    else 'DISTRIBUTED BY (' || (
      select string_agg(quote_ident(a.attname) || case
               when k.class_id = pg_catalog.mpp_default_class(a.atttypid) then ''
               else ' ' || (select opcname from pg_catalog.pg_opclass where oid = k.class_id) end, ', ' order by k.position)
        from unnest(distkey::smallint[], distclass::oid[]) with ordinality as k(attnum, class_id, position)
        join pg_catalog.pg_attribute a on a.attrelid = relation and a.attnum = k.attnum) || ')' end
    from pg_catalog.gp_distribution_policy where localoid = relation
$$;

-- Partitions: a range is cut into tables named as Greenplum names them.

create function pg_catalog.mpp_range_partitions(parent regclass, type_name text, first_rank integer, part_name text,
    start_expression text, end_expression text, every_expression text) returns integer language plpgsql as $$
declare
  relation pg_catalog.pg_class;
  schema_name text;
  lower_bound text;
  upper_bound text;
  last_bound text;
  has_more boolean := true;
  rank integer := first_rank;
  piece integer := 1;
begin
  select * into relation from pg_catalog.pg_class where oid = parent;
  select nspname into schema_name from pg_catalog.pg_namespace where oid = relation.relnamespace;
  execute format('select ((%s)::%s)::text, ((%s)::%s)::text', start_expression, type_name, end_expression, type_name)
    into lower_bound, last_bound;
  while has_more loop
    if every_expression is null then
      upper_bound := last_bound;
    else
      execute format('select (%L::%s + (%s))::%s::text', lower_bound, type_name, every_expression, type_name)
        into upper_bound;
    end if;
    execute format('select %L::%s < %L::%s', upper_bound, type_name, last_bound, type_name) into has_more;
    if not has_more then
      upper_bound := last_bound;
    end if;
    execute format('create table %I.%I partition of %s for values from (%L) to (%L)', schema_name,
      relation.relname || '_1_prt_' || case
        when part_name is null then rank::text
        when every_expression is null then part_name
        else part_name || '_' || piece end,
      parent, lower_bound, upper_bound);
    lower_bound := upper_bound;
    rank := rank + 1;
    piece := piece + 1;
  end loop;
  return rank;
end
$$;

create function pg_catalog.mpp_column_type(relation regclass, column_name text) returns text language sql stable as $$
  select format_type(atttypid, atttypmod) from pg_catalog.pg_attribute where attrelid = relation and attname = column_name
$$;

-- Roles.

create function pg_catalog.mpp_grant(role_name text, flag text, granted boolean) returns void
  language plpgsql security definer as $$
declare
  role_id oid := role_name::regrole;
begin
  insert into pg_catalog.mpp_role (roleid) values (role_id) on conflict do nothing;
  execute format('update pg_catalog.mpp_role set %I = $1 where roleid = $2', flag) using granted, role_id;
end
$$;

-- The hash operator classes of tables that come from older releases.

do $$
declare
  class record;
begin
  for class in
      select c.opcname, c.opcintype::regtype as type_name, p.amproc, o.amopopr::regoperator as equals
        from pg_catalog.pg_opclass c
        join pg_catalog.pg_am m on m.oid = c.opcmethod and m.amname = 'hash'
        join pg_catalog.pg_amproc p on p.amprocfamily = c.opcfamily and p.amproclefttype = c.opcintype
             and p.amprocrighttype = c.opcintype and p.amprocnum = 1
        join pg_catalog.pg_amop o on o.amopfamily = c.opcfamily and o.amoplefttype = c.opcintype
             and o.amoprighttype = c.opcintype
       where c.opcdefault and c.opcname in ('int2_ops', 'int4_ops', 'int8_ops', 'float4_ops', 'float8_ops',
             'numeric_ops', 'char_ops', 'text_ops', 'bpchar_ops', 'bytea_ops', 'name_ops', 'oid_ops',
             'timestamp_ops', 'timestamptz_ops', 'date_ops', 'time_ops', 'timetz_ops', 'interval_ops', 'inet_ops',
             'macaddr_ops', 'bool_ops', 'uuid_ops') loop
    execute format('create operator class pg_catalog.cdbhash_%s for type %s using hash as operator 1 %s, function 1 %s',
      class.opcname, class.type_name, class.equals, class.amproc::regprocedure);
  end loop;
end
$$;

-- Parallel retrieve cursors.

create table pg_catalog.mpp_endpoint (
  sessionid int4 not null, cursorname text not null, gp_segment_id int4 not null, endpointname text not null,
  port int4 not null, username text not null, auth_token text not null, state text not null);

-- A cursor's endpoints end with it.
create function pg_catalog.gp_get_session_endpoints() returns table (
    gp_segment_id int4, auth_token text, cursorname text, sessionid int4, hostname varchar(64), port int4,
    username text, state text, endpointname text)
  language sql volatile security definer as $$
  select e.gp_segment_id, e.auth_token, e.cursorname, e.sessionid, '127.0.0.1'::varchar(64), e.port, e.username, e.state,
         e.endpointname
    from pg_catalog.mpp_endpoint e join pg_catalog.pg_cursors c on c.name = e.cursorname
   where e.sessionid = pg_catalog.pg_backend_pid()
$$;

create function pg_catalog.gp_wait_parallel_retrieve_cursor(cursorname text, timeout_sec int4)
  returns table (finished bool) language plpgsql volatile security definer as $$
declare
  ends timestamptz := case when timeout_sec >= 0 then clock_timestamp() + timeout_sec * interval '1 second' end;
  broken bool;
begin
  loop
    select pg_catalog.bool_and(e.state = 'FINISHED'), pg_catalog.bool_or(e.state = 'RELEASED') into finished, broken
      from pg_catalog.mpp_endpoint e
     where e.cursorname = gp_wait_parallel_retrieve_cursor.cursorname and e.sessionid = pg_catalog.pg_backend_pid();
    if broken then
      raise exception 'Endpoint retrieve statement aborted';
    end if;
    exit when finished or clock_timestamp() >= ends;
    perform pg_catalog.pg_sleep(0.005);
  end loop;
  return next;
end
$$;
