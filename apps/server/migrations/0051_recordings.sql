-- Voice notes: they come in pieces as photos do, and are heard only by staff who may see the case.

alter table sync_uploads add column medium text not null default 'photo' check (medium in ('photo', 'recording'));

create table recordings (
  city_id text not null,
  id uuid not null,
  owner uuid not null,
  case_id uuid,
  media_type text not null,
  bytes integer not null,
  sha256 bytea not null,
  kept_at timestamptz not null default now(),
  primary key (city_id, id)
);
create index recordings_case on recordings (city_id, case_id);

grant select, insert, update, delete on recordings to linge_app;
alter table recordings enable row level security;
create policy own_city on recordings using (city_id = current_setting('app.city', true));
