-- When an organisation serves its areas, and whether it was invented for the demonstration.

alter table organisations
  add column valid_from date not null default '1970-01-01',
  add column valid_to date,
  add column synthetic boolean not null default false;
