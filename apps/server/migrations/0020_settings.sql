-- Families and units become documents with versions like the others; `units` stays what routing and scopes read.
-- Cities that are furnished get their first version from what they have; a new city is furnished after this.

alter table settings add column note text;
alter table settings add column saved_name text;

insert into settings (city_id, kind, version, document)
select s.city_id, 'units', 1, (
  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', u.id, 'zh', u.name_zh, 'en', u.name_en, 'kind', u.kind,
    'areaCode', u.area_code, 'phone', u.phone, 'retired', case when u.retired_at is not null then true end)) order by u.id), '[]'::jsonb)
  from units u where u.city_id = s.city_id)
from settings s where s.kind = 'furnished' on conflict do nothing;

insert into settings (city_id, kind, version, document)
select city_id, 'families', 1, '[
  {"id":"environment","zh":"市容环卫","en":"Streets and cleanliness"},{"id":"facilities","zh":"公用设施","en":"Public utilities"},
  {"id":"housing","zh":"物业房屋","en":"Housing"},{"id":"traffic","zh":"陆上交通","en":"Roads and traffic"},
  {"id":"seaTransit","zh":"海岛交通","en":"Island transport"},{"id":"fishery","zh":"渔业海上","en":"Fishing and the sea"},
  {"id":"disputes","zh":"矛盾纠纷","en":"Mediation"},{"id":"safety","zh":"安全隐患","en":"Safety hazards"},
  {"id":"care","zh":"民生关爱","en":"Care and hardship"},{"id":"health","zh":"医疗健康","en":"Health"},
  {"id":"publicService","zh":"政务服务","en":"Public services"},{"id":"emergency","zh":"应急灾害","en":"Storms and emergencies"}]'::jsonb
from settings where kind = 'furnished' on conflict do nothing;

-- A version once saved is never rewritten.
revoke update, delete on settings from linge_app;
