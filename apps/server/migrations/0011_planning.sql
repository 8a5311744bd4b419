-- Grid plans: drafted, shared for comment, adopted; and who takes over what when lines move.

create table grid_plans (
  city_id text not null,
  id uuid not null,
  area_code text not null,
  name text not null,
  state text not null check (state in ('draft','shared','adopted')),
  assignment jsonb not null,
  figures jsonb not null,
  made_by uuid not null,
  made_at timestamptz not null,
  adopted_from date,
  primary key (city_id, id)
);

create table grid_plan_comments (
  city_id text not null,
  id uuid not null,
  plan_id uuid not null,
  author text not null,
  at timestamptz not null,
  text text not null,
  primary key (city_id, id)
);
create index grid_plan_comments_plan on grid_plan_comments (city_id, plan_id, at);

create table grid_handovers (
  city_id text not null,
  plan_id uuid not null,
  area_code text not null,
  former_codes text[] not null,
  cases integer not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  primary key (city_id, plan_id, area_code)
);

grant select, insert, update on grid_plans, grid_handovers to linge_app;
grant select, insert on grid_plan_comments to linge_app;
alter table grid_plans enable row level security;
alter table grid_plan_comments enable row level security;
alter table grid_handovers enable row level security;
create policy own_city on grid_plans using (city_id = current_setting('app.city', true));
create policy own_city on grid_plan_comments using (city_id = current_setting('app.city', true));
create policy own_city on grid_handovers using (city_id = current_setting('app.city', true));
