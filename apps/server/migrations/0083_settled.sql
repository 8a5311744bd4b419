-- Row-level security lets an index serve a plain column compared with a time, and no expression: when a case was closed, or
-- was last changed where it ended otherwise.

alter table cases add column settled_at timestamptz generated always as (coalesce(closed_at, updated_at)) stored;
drop index cases_had_their_time;
create index cases_had_their_time on cases (city_id, identity_removed, settled_at)
  where state in ('closed','followedUp','archived','declined','redirected','voided','duplicate');
