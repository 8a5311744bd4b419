-- Early warning over all levels, shared by several workers; what people decided; problems of the month; reports.

-- Reports that stand for themselves: without duplicates, withdrawn ones, and the same person asking again. Counted at night.
alter table case_days add column separate integer;
create index case_days_category on case_days (city_id, category_id, day) include (area_code, reported, separate);

-- A scan of the city as of one day or of many days of its past, cut into parts that workers share. What the tables before
-- it held (when a scan ran, the last replay) is made anew by the next night and the next replay.
drop table insight_runs;
drop table insight_replays;
create table insight_scans (
  city_id text not null,
  id uuid not null,
  purpose text not null check (purpose in ('nightly','replay')),
  first_day date not null,
  last_day date not null,
  -- The first day with a report: how long a history there is.
  since date not null,
  options jsonb not null,
  parts text[] not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  looks jsonb,
  summary jsonb,
  primary key (city_id, id)
);
create index insight_scans_newest on insight_scans (city_id, purpose, id desc);

-- What one worker found in its part, day by day.
create table insight_scan_parts (
  city_id text not null,
  scan_id uuid not null,
  part text not null,
  days jsonb not null,
  looks jsonb not null,
  seconds double precision not null,
  primary key (city_id, scan_id, part)
);

-- What happened to episodes, budgets and problems of the month: told once, never rewritten.
create table insight_events (
  city_id text not null,
  id uuid not null,
  subject uuid not null,
  type text not null,
  at timestamptz not null,
  actor_id text not null,
  actor_role text not null,
  data jsonb not null,
  primary key (city_id, id)
);
create index insight_events_subject on insight_events (city_id, subject, at);

alter table episodes add column issue_id uuid;
create index episodes_list on episodes (city_id, (state = 'closed'), raised_on desc, id);
create index episodes_decided on episodes (city_id, decided_at) where decided_at is not null;

create table recurring_issues (
  city_id text not null,
  id uuid not null,
  state text not null check (state in ('proposed','planned','underway','checking','settled','dropped')),
  month text not null,
  owner_unit text not null,
  published boolean not null,
  version integer not null,
  record jsonb not null,
  primary key (city_id, id)
);
create index recurring_issues_month on recurring_issues (city_id, month desc, id);
create index recurring_issues_public on recurring_issues (city_id, month desc, id) where published;

create table insight_reports (
  city_id text not null,
  id uuid not null,
  kind text not null check (kind in ('weekly','monthly')),
  first_day date not null,
  last_day date not null,
  made_at timestamptz not null,
  document jsonb not null,
  primary key (city_id, id)
);
create unique index insight_reports_period on insight_reports (city_id, kind, first_day);

grant select, insert on insight_events, insight_reports to linge_app;
grant select, insert, delete on insight_scan_parts to linge_app;
grant select, insert, update on insight_scans to linge_app;
grant select, insert, update on recurring_issues to linge_app;
alter table insight_scans enable row level security;
alter table insight_scan_parts enable row level security;
alter table insight_events enable row level security;
alter table recurring_issues enable row level security;
alter table insight_reports enable row level security;
create policy own_city on insight_scans using (city_id = current_setting('app.city', true));
create policy own_city on insight_scan_parts using (city_id = current_setting('app.city', true));
create policy own_city on insight_events using (city_id = current_setting('app.city', true));
create policy own_city on recurring_issues using (city_id = current_setting('app.city', true));
create policy own_city on insight_reports using (city_id = current_setting('app.city', true));
