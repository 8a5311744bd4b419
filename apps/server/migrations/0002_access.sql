-- The application's own role: it may add to the record but never rewrite it, and sees one city at a time.

do $$
begin
  if not exists (select from pg_roles where rolname = 'linge_app') then
    create role linge_app login;
  end if;
end
$$;

grant usage on schema public to linge_app;
grant select, insert, update, delete on all tables in schema public to linge_app;
revoke update, delete on case_events, audit, commands from linge_app;
revoke delete on cases, ledger_leaves, work_orders from linge_app;
revoke insert, update, delete on cities from linge_app;

create schema if not exists pgboss;
grant all on schema pgboss to linge_app;

alter table areas enable row level security;
alter table organisations enable row level security;
alter table units enable row level security;
alter table settings enable row level security;
alter table people enable row level security;
alter table grants enable row level security;
alter table passkeys enable row level security;
alter table identities enable row level security;
alter table residents enable row level security;
alter table one_time_codes enable row level security;
alter table sessions enable row level security;
alter table cases enable row level security;
alter table case_reporters enable row level security;
alter table work_orders enable row level security;
alter table case_events enable row level security;
alter table commands enable row level security;
alter table audit enable row level security;
alter table ledger_leaves enable row level security;
alter table outbox enable row level security;
alter table secrets enable row level security;
alter table photos enable row level security;
alter table api_keys enable row level security;
alter table saved_views enable row level security;
alter table case_days enable row level security;

create policy own_city on areas using (city_id = current_setting('app.city', true));
create policy own_city on organisations using (city_id = current_setting('app.city', true));
create policy own_city on units using (city_id = current_setting('app.city', true));
create policy own_city on settings using (city_id = current_setting('app.city', true));
create policy own_city on people using (city_id = current_setting('app.city', true));
create policy own_city on grants using (city_id = current_setting('app.city', true));
create policy own_city on passkeys using (city_id = current_setting('app.city', true));
create policy own_city on identities using (city_id = current_setting('app.city', true));
create policy own_city on residents using (city_id = current_setting('app.city', true));
create policy own_city on one_time_codes using (city_id = current_setting('app.city', true));
create policy own_city on sessions using (city_id = current_setting('app.city', true));
create policy own_city on cases using (city_id = current_setting('app.city', true));
create policy own_city on case_reporters using (city_id = current_setting('app.city', true));
create policy own_city on work_orders using (city_id = current_setting('app.city', true));
create policy own_city on case_events using (city_id = current_setting('app.city', true));
create policy own_city on commands using (city_id = current_setting('app.city', true));
create policy own_city on audit using (city_id = current_setting('app.city', true));
create policy own_city on ledger_leaves using (city_id = current_setting('app.city', true));
create policy own_city on outbox using (city_id = current_setting('app.city', true));
create policy own_city on secrets using (city_id = current_setting('app.city', true));
create policy own_city on photos using (city_id = current_setting('app.city', true));
create policy own_city on api_keys using (city_id = current_setting('app.city', true));
create policy own_city on saved_views using (city_id = current_setting('app.city', true));
create policy own_city on case_days using (city_id = current_setting('app.city', true));
