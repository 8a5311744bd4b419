-- What Open311 clients ask for: cases that changed, and the steps of published cases in the order they happened.

create index cases_public_changed on cases (city_id, updated_at desc, id) where published;
create index cases_open311 on cases (city_id, reported_at desc, id) where channel = 'open311';
-- Intake writes 'reported' only, so that taking a report in costs nothing more.
create index case_events_steps on case_events (city_id, at, id) where visible = 'everyone' and type <> 'reported';
