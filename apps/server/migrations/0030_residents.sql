-- Reports that came when offices were closed, counted with the others of their day.
alter table case_days add column outside_hours integer not null default 0;

-- How often a telephone was sent a code lately, so that nobody can have a stranger's telephone ring all night.
alter table one_time_codes
  add column sent integer not null default 1,
  add column first_sent_at timestamptz not null default now();

-- Residents see and end their sessions as staff do.
create index sessions_resident on sessions (city_id, resident_id) where resident_id is not null;

-- Wrong passwords in a row, and passwords that somebody else chose and the owner has to replace.
alter table people
  add column password_failures integer not null default 0,
  add column password_failed_at timestamptz,
  add column password_temporary_until timestamptz,
  add column created_at timestamptz not null default now();
create index people_name on people (city_id, name);

-- Since when somebody has a right, and from whom; giving and ending are in the audit.
alter table grants
  add column granted_by uuid,
  add column granted_at timestamptz not null default now();
