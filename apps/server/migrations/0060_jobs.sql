-- Work that is done once by whichever server comes first: claimed for a while, given back when its server dies.

create table jobs (
  city_id text not null,
  id uuid not null,
  kind text not null,
  -- What this job is about; the same thing is asked for once.
  key text not null,
  payload jsonb not null default '{}',
  state text not null default 'waiting' check (state in ('waiting','running','done','failed','cancelled')),
  due_at timestamptz not null,
  tries integer not null default 0,
  leased_until timestamptz,
  worker text,
  progress jsonb,
  problem text,
  ended_at timestamptz,
  primary key (city_id, id)
);
create unique index jobs_key on jobs (city_id, kind, key);
create index jobs_waiting on jobs (city_id, due_at, id) where state = 'waiting';
create index jobs_running on jobs (city_id, leased_until) where state = 'running';
create index jobs_ended on jobs (city_id, ended_at) where ended_at is not null;

grant select, insert, update, delete on jobs to linge_app;
alter table jobs enable row level security;
create policy own_city on jobs using (city_id = current_setting('app.city', true));

-- Nothing was ever kept in it, and jobs of a city belong under the city's key and policy.
drop schema if exists pgboss;
