-- Grid plans are announced, commented on by those who live there, decided for a day, and take effect on it.

alter table grid_plans drop constraint grid_plans_state_check;
alter table grid_plans add constraint grid_plans_state_check check (state in ('draft','shared','decided','adopted','withdrawn'));
alter table grid_plans
  -- Today's plan when this one was drawn, with its loads: what the words "from … to …" compare with.
  add column before jsonb,
  add column comments_until date,
  add column answer text,
  -- Why it could not take effect on its day; it is open for another decision then.
  add column problem jsonb;
create index grid_plans_due on grid_plans (city_id, adopted_from) where state = 'decided';
create index grid_plans_public on grid_plans (city_id, comments_until desc) where state in ('shared','decided','adopted');

-- Residents say where they live if they like, and no name.
alter table grid_plan_comments alter column author drop not null;
alter table grid_plan_comments
  add column by_resident boolean not null default false,
  add column community_code text;

create table grid_plan_events (
  city_id text not null,
  id uuid not null,
  plan_id uuid not null,
  type text not null,
  at timestamptz not null,
  actor_id text not null,
  data jsonb not null,
  primary key (city_id, id)
);
create index grid_plan_events_plan on grid_plan_events (city_id, plan_id, id);

-- The open work that goes along with the lines, case by case, and whether it has arrived.
create table grid_handover_cases (
  city_id text not null,
  plan_id uuid not null,
  case_id uuid not null,
  area_code text not null,
  arrived boolean not null default false,
  primary key (city_id, plan_id, case_id)
);
create index grid_handover_cases_area on grid_handover_cases (city_id, plan_id, area_code);
create index grid_handover_cases_waiting on grid_handover_cases (city_id, plan_id) where not arrived;

create table grid_handover_confirmations (
  city_id text not null,
  plan_id uuid not null,
  area_code text not null,
  person_id uuid not null,
  at timestamptz not null,
  primary key (city_id, plan_id, area_code, person_id)
);
insert into grid_handover_confirmations (city_id, plan_id, area_code, person_id, at)
select city_id, plan_id, area_code, confirmed_by, confirmed_at from grid_handovers where confirmed_by is not null;

-- Households of a grid or micro-grid, as the city counted them; nothing about any of them.
create table area_households (
  city_id text not null,
  code text not null,
  households integer not null check (households >= 0),
  counted_on date not null,
  synthetic boolean not null default false,
  primary key (city_id, code)
);

grant select, insert on grid_plan_events, grid_handover_confirmations to linge_app;
grant select, insert, update on grid_handover_cases, area_households to linge_app;
alter table grid_plan_events enable row level security;
alter table grid_handover_cases enable row level security;
alter table grid_handover_confirmations enable row level security;
alter table area_households enable row level security;
create policy own_city on grid_plan_events using (city_id = current_setting('app.city', true));
create policy own_city on grid_handover_cases using (city_id = current_setting('app.city', true));
create policy own_city on grid_handover_confirmations using (city_id = current_setting('app.city', true));
create policy own_city on area_households using (city_id = current_setting('app.city', true));
