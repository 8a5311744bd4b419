-- Phones in workers' hands, so that a lost one can be signed out from afar and empties itself at its next contact.

create table phones (
  city_id text not null,
  id uuid not null,
  person_id uuid not null,
  session_id uuid,
  name text not null,
  registered_at timestamptz not null,
  seen_at timestamptz not null,
  leave_asked_at timestamptz,
  leave_asked_by uuid,
  left_at timestamptz,
  primary key (city_id, id)
);
create index phones_person on phones (city_id, person_id, seen_at desc);

grant select, insert, update on phones to linge_app;
alter table phones enable row level security;
create policy own_city on phones using (city_id = current_setting('app.city', true));
