-- Visits (走访): a door, a day, and the structured needs that people there agreed to have noted. No words about persons.

create table visits (
  city_id text not null,
  id uuid not null,
  area_code text not null,
  state text not null check (state in ('due', 'visited', 'dropped')),
  due_on date not null,
  visited_on date,
  conflicts integer not null,
  -- Fields with who said what and when, as @linge/sync merges them.
  document jsonb not null,
  version integer not null,
  made_by uuid not null,
  updated_at timestamptz not null,
  primary key (city_id, id)
);
create index visits_open on visits (city_id, area_code text_pattern_ops, due_on) where state = 'due';
create index visits_area on visits (city_id, area_code text_pattern_ops, updated_at);
create index visits_updated on visits (city_id, updated_at);
create index visits_conflicts on visits (city_id, area_code text_pattern_ops) where conflicts > 0;
create index visits_ended on visits (city_id, visited_on) where state <> 'due';

-- Who changed which fields and when; never what they say: that goes with the visit when its year is over.
create table visit_events (
  city_id text not null,
  id uuid not null,
  visit_id uuid not null,
  type text not null,
  at timestamptz not null,
  actor_id text not null,
  data jsonb not null,
  primary key (city_id, id)
);
create index visit_events_visit on visit_events (city_id, visit_id, id);

grant select, insert, update, delete on visits to linge_app;
grant select, insert on visit_events to linge_app;
alter table visits enable row level security;
alter table visit_events enable row level security;
create policy own_city on visits using (city_id = current_setting('app.city', true));
create policy own_city on visit_events using (city_id = current_setting('app.city', true));
