-- What was noted of acts, and what was made of unusual reading, goes with the access record: a year after at the earliest.

create index audit_at on audit using brin (at);

create function forget_oversight(city text, before timestamptz, most integer) returns integer
language sql security definer set search_path = public as $$
  with acts as (
    delete from audit where city_id = city and city = current_setting('app.city', true) and id in (
      select id from audit where city_id = city and at < least(before, now() - interval '365 days') limit most)
    returning 1
  ), reviews as (
    delete from access_reviews where city_id = city and city = current_setting('app.city', true) and id in (
      select id from access_reviews where city_id = city and decided_at < least(before, now() - interval '365 days') limit most)
    returning 1
  ) select ((select count(*) from acts) + (select count(*) from reviews))::integer
$$;
revoke all on function forget_oversight from public;
grant execute on function forget_oversight to linge_app;
