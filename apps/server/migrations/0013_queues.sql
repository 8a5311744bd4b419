-- Only what is asked for: cases whose resident says "not resolved" wait outside the open work, and are few.

create index cases_reopening on cases (city_id, due_at, id) where marks @> array['reopening']::text[];
drop index cases_open_marks;
