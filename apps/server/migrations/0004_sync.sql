-- What phones that were offline send and ask for: the inbox of their commands, the order of changes, photos in pieces.

-- One phone installation in one worker's hands.
create table sync_branches (
  city_id text not null,
  id uuid not null,
  worker uuid not null,
  next integer not null default 1,
  seen_at timestamptz,
  drift_ms bigint,
  primary key (city_id, id)
);
create index sync_branches_worker on sync_branches (city_id, worker);

-- Every command heard of, with the answer it got; `held` is the command itself while it waits.
create table sync_commands (
  city_id text not null,
  id uuid not null,
  branch uuid not null,
  sequence integer not null,
  worker uuid not null,
  fingerprint bytea not null,
  answer jsonb not null,
  heard jsonb not null,
  held jsonb,
  held_until timestamptz,
  primary key (city_id, id)
);
create index sync_commands_held on sync_commands (city_id, branch) where held is not null;
create index sync_commands_overdue on sync_commands (city_id, held_until) where held is not null;

create table sync_slots (
  city_id text not null,
  branch uuid not null,
  sequence integer not null,
  command_id uuid not null,
  primary key (city_id, branch, sequence)
);

-- The place of each changed record in the order of changes; a record that changes again moves to its new place.
-- `reached`: codes of areas and ids of units under which it ever was.
create table sync_changes (
  city_id text not null,
  kind text not null,
  record_id uuid not null,
  position bigint not null,
  version integer not null,
  reached text[] not null default '{}',
  primary key (city_id, kind, record_id)
);
create index sync_changes_position on sync_changes (city_id, position);

-- Each time places were given, under a name that no other server would choose: so a lost timeline is recognised.
create table sync_runs (
  city_id text not null,
  id uuid not null,
  last bigint not null,
  at timestamptz not null,
  primary key (city_id, id)
);
create index sync_runs_last on sync_runs (city_id, last desc);

create table sync_uploads (
  city_id text not null,
  id uuid not null,
  owner uuid not null,
  case_id uuid,
  bytes integer not null,
  sha256 bytea not null,
  received integer not null default 0,
  pieces integer[] not null default '{}',
  created_at timestamptz not null default now(),
  kept_at timestamptz,
  refused text,
  primary key (city_id, id)
);
create index sync_uploads_to_keep on sync_uploads (city_id, created_at) where kept_at is null and refused is null;

-- Giving places looks at what changed lately.
create index cases_updated on cases (city_id, updated_at);

grant select, insert, update on sync_branches, sync_commands, sync_changes to linge_app;
grant select, insert on sync_slots to linge_app;
grant select, insert, update, delete on sync_runs, sync_uploads to linge_app;

alter table sync_branches enable row level security;
alter table sync_commands enable row level security;
alter table sync_slots enable row level security;
alter table sync_changes enable row level security;
alter table sync_runs enable row level security;
alter table sync_uploads enable row level security;
create policy own_city on sync_branches using (city_id = current_setting('app.city', true));
create policy own_city on sync_commands using (city_id = current_setting('app.city', true));
create policy own_city on sync_slots using (city_id = current_setting('app.city', true));
create policy own_city on sync_changes using (city_id = current_setting('app.city', true));
create policy own_city on sync_runs using (city_id = current_setting('app.city', true));
create policy own_city on sync_uploads using (city_id = current_setting('app.city', true));
