-- Counts of a month as they were given to everybody. A later revision is a row of its own; `members` says of which pieces a
-- cell is made, for the next revision, and is not given out.

create table open_releases (
  city_id text not null,
  month text not null,
  revision integer not null,
  id uuid not null,
  released_at timestamptz not null,
  cells jsonb not null,
  members jsonb not null,
  primary key (city_id, month, revision),
  unique (city_id, id)
);

grant select, insert on open_releases to linge_app;
alter table open_releases enable row level security;
create policy own_city on open_releases using (city_id = current_setting('app.city', true));
