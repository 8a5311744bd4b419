-- Figures of a month as they were published, with the part of the log that they are made of. Never changed afterwards.

create table monthly_figures (
  city_id text not null,
  month text not null,
  id uuid not null,
  document jsonb not null,
  published_at timestamptz not null,
  primary key (city_id, month)
);

grant select, insert on monthly_figures to linge_app;
alter table monthly_figures enable row level security;
create policy own_city on monthly_figures using (city_id = current_setting('app.city', true));
