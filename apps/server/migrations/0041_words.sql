-- Words are looked up within somebody's reach: where a case is, who works on it and whether everybody may see it stand among
-- its words, marked so that nobody can type them. A word that half the city uses is found by walking back from the newest
-- case, a rare one by its index.

update cases set search = search || array_to_tsvector(array(
  select distinct word from unnest(array['@' || left(area_code, 6), '@' || left(area_code, 9), '@' || left(area_code, 12), '@' || area_code,
    case when published then '@public' end] || array(select '@' || unit from unnest(unit_ids) as unit)) as word where word is not null));

drop function matching_cases;

-- The settings of a function forbid the planner the way that does not suit it.
create function newest_matching(city text, words tsquery, most integer) returns setof uuid
language sql stable security definer set search_path = public set enable_bitmapscan = off set enable_seqscan = off as $$
  select id from cases where city_id = city and search @@ words order by reported_at desc, id limit most
$$;
create function all_matching(city text, words tsquery, most integer) returns setof uuid
language sql stable security definer set search_path = public set enable_seqscan = off as $$
  select id from (select id, reported_at from cases where city_id = city and search @@ words offset 0) as found
  order by reported_at desc, id limit most
$$;
create function is_frequent(city text, words tsquery, above integer) returns boolean
language sql stable security definer set search_path = public set enable_seqscan = off as $$
  select count(*) > above from (select 1 from cases where city_id = city and search @@ words limit above + 1) as first_ones
$$;
revoke all on function newest_matching, all_matching, is_frequent from public;

-- The newest cases of a city that hold all of the words, at most so many; for the application's role in its own city alone.
create function matching_cases(city text, words tsquery, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
begin
  if city is distinct from current_setting('app.city', true) then return; end if;
  if is_frequent(city, words, 2 * most) then return query select * from newest_matching(city, words, most);
  else return query select * from all_matching(city, words, most);
  end if;
end
$$;
revoke all on function matching_cases from public;
grant execute on function matching_cases to linge_app;
