-- How many cases wait where, kept as small sums, so that no page counts cases. Each command leaves what it shifted in the
-- statement that writes it; shifts are settled into the sums in the background, and readers add those still waiting.

-- The queues of the desk that a case stands in; the same words as in features/cases/queues.ts.
create function case_queues(state text, marks text[]) returns text[] language sql immutable parallel safe as $$
  select case
    when state in ('closed','followedUp','archived','declined','redirected','voided','duplicate')
      then case when 'reopening' = any(marks) then array['reopenings'] else '{}'::text[] end
    else array_remove(array[
      'open',
      case state when 'reported' then 'new' when 'verifying' then 'verifying' when 'filed' then 'toDispatch' when 'dispatched' then 'toAccept'
        when 'accepted' then 'inHand' when 'handling' then 'inHand' else 'toCheck' end,
      case when 'objection' = any(marks) then 'objections' end,
      case when marks && array['extension','suspension'] then 'approvals' end,
      case when 'reopening' = any(marks) then 'reopenings' end,
      case when 'whistleCall' = any(marks) then 'whistleCalls' end], null)
  end
$$;

create table case_shifts (
  city_id text not null,
  id uuid not null default gen_random_uuid(),
  shift integer not null,
  area_code text collate "C" not null,
  cell bigint,
  unit_ids text[] not null,
  confidential boolean not null,
  published boolean not null,
  queues text[] not null,
  primary key (city_id, id)
) with (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000);

-- Sums of an area by its own code, of a unit, or of a cell of 1/200 degree (published cases only).
create table case_tallies (
  city_id text not null,
  kind text not null check (kind in ('area','unit','cell')),
  audience text not null check (audience in ('usual','confidential','public')),
  place text collate "C" not null,
  cases integer not null default 0,
  open integer not null default 0,
  new integer not null default 0,
  verifying integer not null default 0,
  to_dispatch integer not null default 0,
  to_accept integer not null default 0,
  in_hand integer not null default 0,
  to_check integer not null default 0,
  objections integer not null default 0,
  approvals integer not null default 0,
  reopenings integer not null default 0,
  whistle_calls integer not null default 0,
  primary key (city_id, kind, audience, place)
) with (fillfactor = 70);

insert into case_shifts (city_id, shift, area_code, cell, unit_ids, confidential, published, queues)
select city_id, count(*), area_code, cell, unit_ids, visibility = 'confidential', published, case_queues(state, marks) from cases group by 1, 3, 4, 5, 6, 7, 8;

-- Lists of open work walk one narrow index; only the cases shown are read whole.
create index cases_desk on cases (city_id, due_at, id) include (state, area_code, visibility, unit_ids, marks)
  where state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate');
-- Points of a tile, cell by cell.
create index cases_public_cell on cases (city_id, cell, reported_at desc) where published and cell is not null;
create index cases_open_cell on cases (city_id, cell, due_at) include (area_code, visibility, unit_ids) where cell is not null
  and state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate');

-- Update as well: rows are locked before they are taken.
grant select, insert, update, delete on case_shifts to linge_app;
grant select, insert, update on case_tallies to linge_app;
alter table case_shifts enable row level security;
alter table case_tallies enable row level security;
create policy own_city on case_shifts using (city_id = current_setting('app.city', true));
create policy own_city on case_tallies using (city_id = current_setting('app.city', true));
