-- The house: territory, people, settings, cases, and what every change leaves behind.
-- city_id leads every key, so that one city stays on one node when a cluster holds many.

create table cities (
  city_id text primary key,
  name_zh text not null,
  name_en text not null,
  created_at timestamptz not null default now()
);

create table areas (
  city_id text not null,
  id uuid not null,
  code text not null,
  level text not null check (level in ('city','county','township','community','grid','microGrid')),
  parent_code text,
  name_zh text not null,
  name_en text,
  focus text check (focus in ('key','service','liaison')),
  kind text check (kind in ('general','dedicated')),
  indicative boolean not null default false,
  geometry jsonb,
  centre point,
  vessels jsonb,
  predecessors uuid[] not null default '{}',
  valid_from date not null,
  valid_to date,
  primary key (city_id, id)
);
create unique index areas_code_today on areas (city_id, code) where valid_to is null;
create index areas_parent on areas (city_id, parent_code);

create table organisations (
  city_id text not null,
  id uuid not null,
  kind text not null,
  name_zh text not null,
  name_en text,
  area_codes text[] not null default '{}',
  primary key (city_id, id)
);

create table units (
  city_id text not null,
  id text not null,
  name_zh text not null,
  name_en text not null,
  kind text not null,
  area_code text not null,
  phone text,
  retired_at timestamptz,
  primary key (city_id, id)
);

-- Categories, routing rules, calendars, reply templates: each save is a new version of one document.
create table settings (
  city_id text not null,
  kind text not null,
  version integer not null,
  document jsonb not null,
  saved_by uuid,
  saved_at timestamptz not null default now(),
  primary key (city_id, kind, version)
);

create table people (
  city_id text not null,
  id uuid not null,
  login text not null,
  name text not null,
  unit_id text,
  password_hash text,
  totp_secret text,
  left_at timestamptz,
  primary key (city_id, id),
  unique (city_id, login)
);

create table grants (
  city_id text not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  area text,
  unit_id text,
  primary key (city_id, id),
  foreign key (city_id, person_id) references people (city_id, id)
);
create index grants_person on grants (city_id, person_id);

create table passkeys (
  city_id text not null,
  id text not null,
  person_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  created_at timestamptz not null default now(),
  primary key (city_id, id),
  foreign key (city_id, person_id) references people (city_id, id)
);

create table identities (
  city_id text not null,
  issuer text not null,
  subject text not null,
  person_id uuid not null,
  primary key (city_id, issuer, subject),
  foreign key (city_id, person_id) references people (city_id, id)
);

create table residents (
  city_id text not null,
  id uuid not null,
  phone text not null,
  created_at timestamptz not null default now(),
  primary key (city_id, id),
  unique (city_id, phone)
);

create table one_time_codes (
  city_id text not null,
  phone text not null,
  code_hash bytea not null,
  tries integer not null default 0,
  expires_at timestamptz not null,
  primary key (city_id, phone)
);

create table sessions (
  city_id text not null,
  id uuid not null,
  token_hash bytea not null,
  person_id uuid,
  resident_id uuid,
  csrf text not null,
  device text not null default '',
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, token_hash)
);
create index sessions_person on sessions (city_id, person_id);

create table cases (
  city_id text not null,
  id uuid not null,
  number text not null,
  state text not null,
  kind text not null,
  category_id text not null,
  area_code text not null,
  grid_id uuid,
  location point,
  lead_unit text,
  unit_ids text[] not null default '{}',
  channel text not null,
  visibility text not null,
  published boolean not null default false,
  synthetic boolean not null default false,
  marks text[] not null default '{}',
  resident_id uuid,
  filed_by uuid,
  reported_at timestamptz not null,
  due_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz not null,
  version integer not null,
  search tsvector,
  record jsonb not null,
  primary key (city_id, id),
  unique (city_id, number)
);
-- Work in hand is a small part of all cases: its indexes hold only that part.
create index cases_open_state on cases (city_id, state, due_at)
  where state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate');
create index cases_open_area on cases (city_id, area_code text_pattern_ops, due_at)
  where state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate');
create index cases_open_marks on cases using gin (marks) where marks <> '{}';
create index cases_recent on cases (city_id, reported_at desc, id);
create index cases_area on cases (city_id, area_code text_pattern_ops, reported_at desc);
create index cases_category on cases (city_id, category_id, reported_at desc);
create index cases_public on cases (city_id, reported_at desc, id) where published;
create index cases_resident on cases (city_id, resident_id) where resident_id is not null;
create index cases_location on cases using gist (location);
create index cases_search on cases using gin (search);

-- Who reported, apart from what was reported: read on its own, removed on its own.
create table case_reporters (
  city_id text not null,
  case_id uuid not null,
  reporter jsonb not null,
  primary key (city_id, case_id)
);

create table work_orders (
  city_id text not null,
  id uuid not null,
  case_id uuid not null,
  unit_id text not null,
  part text not null,
  state text not null,
  dispatched_at timestamptz not null,
  due_at timestamptz,
  contacted_at timestamptz,
  responded_at timestamptz,
  primary key (city_id, id)
);
create index work_orders_case on work_orders (city_id, case_id);
create index work_orders_unit_open on work_orders (city_id, unit_id, due_at) where state not in ('responded','returned','done','cancelled');
create index work_orders_unit_due on work_orders (city_id, unit_id, due_at);

create table case_events (
  city_id text not null,
  id uuid not null,
  case_id uuid not null,
  type text not null,
  at timestamptz not null,
  actor_id text not null,
  actor_role text not null,
  unit_id text,
  visible text not null,
  data jsonb not null,
  primary key (city_id, id, at)
) partition by range (at);
create table case_events_early partition of case_events for values from (minvalue) to ('2026-01-01');
create table case_events_2026 partition of case_events for values from ('2026-01-01') to ('2027-01-01');
create table case_events_2027 partition of case_events for values from ('2027-01-01') to ('2028-01-01');
create table case_events_later partition of case_events for values from ('2028-01-01') to (maxvalue);
create index case_events_case on case_events (city_id, case_id, at);

-- A command that was answered once gets the same answer again.
create table commands (
  city_id text not null,
  id uuid not null,
  actor_id text not null,
  type text not null,
  fingerprint bytea not null,
  answer jsonb not null,
  client_at timestamptz,
  at timestamptz not null default now(),
  primary key (city_id, id)
);

create table audit (
  city_id text not null,
  id uuid not null,
  at timestamptz not null default now(),
  actor_id text not null,
  actor_role text not null,
  action text not null,
  target text not null,
  purpose text,
  request_id text,
  primary key (city_id, id)
);
create index audit_target on audit (city_id, target, at desc);

create table ledger_leaves (
  city_id text not null,
  id uuid not null,
  seq bigint,
  subject uuid not null,
  kind text not null,
  at timestamptz not null,
  commitment bytea not null,
  salt bytea,
  primary key (city_id, id)
);
create unique index ledger_leaves_seq on ledger_leaves (city_id, seq) where seq is not null;
create index ledger_leaves_waiting on ledger_leaves (city_id, at, id) where seq is null;
create index ledger_leaves_subject on ledger_leaves (city_id, subject);

create table outbox (
  city_id text not null,
  id uuid not null,
  at timestamptz not null default now(),
  topic text not null,
  payload jsonb not null,
  primary key (city_id, id)
);

-- Keys that the server makes for itself on first start: links to a case are signed with one.
create table secrets (
  city_id text not null,
  name text not null,
  value bytea not null,
  primary key (city_id, name)
);

create table photos (
  city_id text not null,
  id uuid not null,
  case_id uuid,
  owner text not null,
  bytes integer not null,
  width integer not null,
  height integer not null,
  sha256 bytea not null,
  created_at timestamptz not null default now(),
  primary key (city_id, id)
);
create index photos_case on photos (city_id, case_id) where case_id is not null;

create table api_keys (
  city_id text not null,
  id uuid not null,
  key_hash bytea not null,
  holder text not null,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (city_id, id),
  unique (city_id, key_hash)
);

create table saved_views (
  city_id text not null,
  person_id uuid not null,
  views jsonb not null,
  primary key (city_id, person_id)
);

-- What happened in a grid on a day, kept up with the writes, so that no page counts cases.
create table case_days (
  city_id text not null,
  area_code text not null,
  category_id text not null,
  day date not null,
  reported integer not null default 0,
  closed integer not null default 0,
  resolved integer not null default 0,
  not_resolved integer not null default 0,
  primary key (city_id, area_code, category_id, day)
);
create index case_days_day on case_days (city_id, day);
