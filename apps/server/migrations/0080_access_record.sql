-- Who looked at whose data, when and why; what the person concerned says to it; and what a privacy officer made of it.

create table access_records (
  city_id text not null,
  id uuid not null,
  at timestamptz not null,
  person_id uuid not null,
  role text not null,
  unit_id text,
  kind text not null,
  subject uuid not null,
  area_code text not null,
  purpose text not null,
  note text,
  refused text,
  ended_at timestamptz,
  primary key (city_id, id)
);
create index access_records_at on access_records (city_id, at desc, id);
create index access_records_subject on access_records (city_id, subject, at desc);

-- A word on one unusual reading; a later word is a new row, the last one counts.
create table access_reviews (
  city_id text not null,
  id uuid not null,
  reading text not null,
  outcome text not null check (outcome in ('inOrder','talkedTo','misuse')),
  note text not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (city_id, id)
);
create index access_reviews_reading on access_reviews (city_id, reading, decided_at desc);

-- What people ask about their own data; an objection is against one look.
create table data_requests (
  city_id text not null,
  id uuid not null,
  kind text not null check (kind in ('access','correction','deletion','objection')),
  case_id uuid,
  resident_id uuid,
  look_id uuid,
  area_code text not null,
  text text not null,
  at timestamptz not null,
  due_at timestamptz not null,
  outcome text check (outcome in ('granted','partly','declined')),
  answer text,
  decided_by uuid,
  decided_at timestamptz,
  primary key (city_id, id)
);
create index data_requests_open on data_requests (city_id, due_at) where decided_at is null;
create index data_requests_case on data_requests (city_id, case_id) where case_id is not null;
create index data_requests_resident on data_requests (city_id, resident_id) where resident_id is not null;
create index data_requests_decided on data_requests (city_id, decided_at) where decided_at is not null;

-- What was recorded of reading can be added to and read; nobody changes it, and it goes only with its time.
grant select, insert on access_records, access_reviews to linge_app;
grant select, insert, update, delete on data_requests to linge_app;

alter table access_records enable row level security;
alter table access_reviews enable row level security;
alter table data_requests enable row level security;
create policy own_city on access_records using (city_id = current_setting('app.city', true));
create policy own_city on access_reviews using (city_id = current_setting('app.city', true));
create policy own_city on data_requests using (city_id = current_setting('app.city', true));
