-- Personal data leaves when its time is up. The application's role cannot rewrite what was recorded; these functions of the
-- owner can forget, each one thing only, and only what has had its time.

alter table cases
  add column identity_removed boolean not null generated always as (record ? 'identityRemovedAt') stored;
create index cases_had_their_time on cases (city_id, identity_removed, (coalesce(closed_at, updated_at)))
  where state in ('closed','followedUp','archived','declined','redirected','voided','duplicate');

alter table residents add column left_at timestamptz;
create index residents_left on residents (city_id, left_at) where left_at is not null;
create index photos_unused on photos (city_id, created_at) where case_id is null;
create index sessions_over on sessions (city_id, expires_at);
create index commands_at on commands using brin (at);

create table legal_holds (
  city_id text not null,
  id uuid not null,
  kind text not null check (kind in ('case','emergency')),
  subject uuid not null,
  reason text not null,
  basis text not null,
  placed_by uuid not null,
  placed_at timestamptz not null,
  until timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  primary key (city_id, id)
);
create index legal_holds_subject on legal_holds (city_id, subject) where ended_at is null;

create table retention_runs (
  city_id text not null,
  id uuid not null,
  dry boolean not null,
  table_version integer not null,
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  counts jsonb not null default '{}',
  held jsonb not null default '{}',
  primary key (city_id, id)
);
create index retention_runs_started on retention_runs (city_id, started_at desc);

-- Files that are to leave the storage; a row goes when its file is gone.
create table file_removals (
  city_id text not null,
  name text not null,
  asked_at timestamptz not null default now(),
  primary key (city_id, name)
);

grant select, insert on legal_holds to linge_app;
grant update (ended_by, ended_at, end_reason) on legal_holds to linge_app;
grant select, insert on retention_runs to linge_app;
grant update (finished_at, counts, held) on retention_runs to linge_app;
grant select, insert, delete on file_removals to linge_app;
alter table legal_holds enable row level security;
alter table retention_runs enable row level security;
alter table file_removals enable row level security;
create policy own_city on legal_holds using (city_id = current_setting('app.city', true));
create policy own_city on retention_runs using (city_id = current_setting('app.city', true));
create policy own_city on file_removals using (city_id = current_setting('app.city', true));

-- Words in the steps of a case whose identity was removed, and whoever acted as its reporter.
create function forget_case_words(city text, target uuid) returns void
language sql security definer set search_path = public as $$
  update case_events e
  set data = e.data - array['text','reason','answer','comment','note','photos','place'],
    actor_id = case when e.actor_role = 'reporter' and e.actor_id not like 'open311:%' then 'reporter' else e.actor_id end
  where e.city_id = city and city = current_setting('app.city', true) and e.case_id = target
    and exists (select 1 from cases c where c.city_id = city and c.id = target and c.identity_removed)
$$;

-- The comment of a rating, and whoever gave it, once the case no longer knows its reporter.
create function forget_rater(city text, target uuid) returns void
language sql security definer set search_path = public as $$
  update case_events e
  set data = e.data - array['comment'],
    actor_id = case when e.actor_role = 'reporter' then 'reporter' else e.actor_id end
  where e.city_id = city and city = current_setting('app.city', true) and e.case_id = target and e.type = 'rated'
    and not exists (select 1 from case_reporters r where r.city_id = city and r.case_id = target)
$$;

-- A whole file, five years after its end at the earliest and only without an identity: steps, orders, the case, and what
-- opens its lines in the log. The lines stay.
create function forget_case_file(city text, target uuid, before timestamptz) returns integer
language sql security definer set search_path = public as $$
  with had as (
    select id from cases where city_id = city and city = current_setting('app.city', true) and id = target
      and identity_removed and coalesce(closed_at, updated_at) < least(before, now() - interval '1825 days')
      and not exists (select 1 from ledger_leaves where city_id = city and subject = target and seq is null)
  ), shredded as (
    update ledger_leaves set data = null, words = null, salt = null
    where city_id = city and subject in (select id from had) returning 1
  ), events as (delete from case_events where city_id = city and case_id in (select id from had) returning 1),
  orders as (delete from work_orders where city_id = city and case_id in (select id from had) returning 1),
  changes as (delete from sync_changes where city_id = city and kind = 'case' and record_id in (select id from had) returning 1),
  shifted as (insert into case_shifts (city_id, shift, area_code, cell, unit_ids, confidential, published, queues)
    select city_id, -1, area_code, cell, unit_ids, visibility = 'confidential', published, case_queues(state, marks)
    from cases where city_id = city and id in (select id from had) returning 1),
  gone as (delete from cases where city_id = city and id in (select id from had) returning 1)
  select count(*)::integer from gone
$$;

-- Records of looks, a year after them at the earliest.
create function forget_access_records(city text, before timestamptz, most integer) returns integer
language sql security definer set search_path = public as $$
  with gone as (
    delete from access_records where city_id = city and city = current_setting('app.city', true) and id in (
      select id from access_records r where r.city_id = city and r.at < least(before, now() - interval '365 days')
        and not exists (select 1 from legal_holds h where h.city_id = city and h.subject = r.subject and h.ended_at is null and h.until > now())
      order by r.at limit most)
    returning 1
  ) select count(*)::integer from gone
$$;

-- Answers to commands, once no telephone could send them again.
create function forget_commands(city text, before timestamptz, most integer) returns integer
language sql security definer set search_path = public as $$
  with gone as (
    delete from commands where city_id = city and city = current_setting('app.city', true) and id in (
      select id from commands where city_id = city and at < least(before, now() - interval '400 days') limit most)
    returning 1
  ) select count(*)::integer from gone
$$;

revoke all on function forget_case_words, forget_rater, forget_case_file, forget_access_records, forget_commands from public;
grant execute on function forget_case_words, forget_rater, forget_case_file, forget_access_records, forget_commands to linge_app;
