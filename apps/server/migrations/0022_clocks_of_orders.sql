-- A unit's overdue queue leaves out orders whose clock stands still; the yellow light is asked for by its moment.

alter table work_orders add column paused_since timestamptz;
create index cases_soon on cases (city_id, soon_at, due_at)
  where state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate');
create index work_orders_paused on work_orders (city_id, paused_since) where paused_since is not null;
