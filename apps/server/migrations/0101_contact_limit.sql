-- Until when a unit promised to get in touch: figures count residents who were contacted within the limit.

alter table work_orders add column contact_due_at timestamptz;
update work_orders o set contact_due_at = (
  select (each ->> 'contactDueAt')::timestamptz from cases c, jsonb_array_elements(c.record -> 'orders') each
  where c.city_id = o.city_id and c.id = o.case_id and each ->> 'id' = o.id::text);
