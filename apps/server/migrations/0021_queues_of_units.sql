-- Queues ask by promise light; what a person has not been told, a call to a place and a clock that stands still are few.

alter table cases add column soon_at timestamptz;
update cases set soon_at = reported_at + (due_at - reported_at) * 0.8
where state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate');

create index cases_to_tell on cases (city_id, due_at, id) where marks @> array['toTell']::text[];
create index cases_called on cases (city_id, due_at, id) where marks @> array['whistleCall']::text[];
create index cases_suspended on cases (city_id, due_at, id) where marks @> array['suspended']::text[];
create index work_orders_unit_answered on work_orders (city_id, unit_id, case_id) where state = 'responded';
