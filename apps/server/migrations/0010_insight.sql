-- Early warning: what each night's scan found, episode by episode, and what became of it. Places and counts only.

create table insight_runs (
  city_id text not null,
  day date not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  streams integer not null default 0,
  raised integer not null default 0,
  least_recurrence double precision not null default 0,
  primary key (city_id, day)
);

create table episodes (
  city_id text not null,
  id uuid not null,
  stream_id text not null,
  state text not null check (state in ('new','ongoing','closed')),
  opened_on date not null,
  raised_on date not null,
  finding jsonb not null,
  outcome text check (outcome in ('real','false','known')),
  note text,
  owner_unit text,
  decided_by uuid,
  decided_at timestamptz,
  primary key (city_id, id)
);
create index episodes_open on episodes (city_id, raised_on desc) where state <> 'closed';
create index episodes_recent on episodes (city_id, opened_on desc);

create table insight_replays (
  city_id text not null,
  id uuid not null,
  at timestamptz not null,
  result jsonb not null,
  primary key (city_id, id)
);

grant select, insert, update on insight_runs, episodes to linge_app;
grant select, insert on insight_replays to linge_app;
alter table insight_runs enable row level security;
alter table episodes enable row level security;
alter table insight_replays enable row level security;
create policy own_city on insight_runs using (city_id = current_setting('app.city', true));
create policy own_city on episodes using (city_id = current_setting('app.city', true));
create policy own_city on insight_replays using (city_id = current_setting('app.city', true));
