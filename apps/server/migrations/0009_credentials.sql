-- What staff sign in with beside a password: codes of an authenticator, passkeys, and an identity provider's word.

-- A step of signing in that waits for its answer; taken once, forgotten after minutes.
create table sign_in_challenges (
  city_id text not null,
  token_hash bytea not null,
  kind text not null,
  data jsonb not null,
  expires_at timestamptz not null,
  primary key (city_id, token_hash)
);
create index sign_in_challenges_expiry on sign_in_challenges (city_id, expires_at);
grant select, insert, update, delete on sign_in_challenges to linge_app;
alter table sign_in_challenges enable row level security;
create policy own_city on sign_in_challenges using (city_id = current_setting('app.city', true));

-- The last step whose code was used, so that none works twice; and wrong codes in a row.
alter table people
  add column totp_step bigint,
  add column totp_failures integer not null default 0,
  add column totp_failed_at timestamptz;
create index passkeys_person on passkeys (city_id, person_id);
create index identities_person on identities (city_id, person_id);
