-- The public record: what each leaf says, the tiles of the log, and every checkpoint that was given out.

-- `data` is the fact with its words sealed; `words` holds them with their salts until their time is up.
alter table ledger_leaves add column data jsonb, add column words jsonb;

-- One row for each place of a tile, as wide as it has grown; level -1 holds the bundles of entries.
create table ledger_tiles (
  city_id text not null,
  level smallint not null,
  index bigint not null,
  width smallint not null,
  bytes bytea not null,
  primary key (city_id, level, index)
);

create table ledger_checkpoints (
  city_id text not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  at timestamptz not null,
  primary key (city_id, size)
);

-- What witnesses said of a checkpoint: their signature lines.
create table ledger_cosignatures (
  city_id text not null,
  size bigint not null,
  witness text not null,
  line text not null,
  at timestamptz not null default now(),
  primary key (city_id, size, witness)
);

grant select, insert, update on ledger_tiles to linge_app;
grant select, insert on ledger_checkpoints, ledger_cosignatures to linge_app;
-- A leaf gets its place once, and its words may be destroyed; nothing else of it ever changes.
revoke update on ledger_leaves from linge_app;
grant update (seq, words) on ledger_leaves to linge_app;

alter table ledger_tiles enable row level security;
alter table ledger_checkpoints enable row level security;
alter table ledger_cosignatures enable row level security;
create policy own_city on ledger_tiles using (city_id = current_setting('app.city', true));
create policy own_city on ledger_checkpoints using (city_id = current_setting('app.city', true));
create policy own_city on ledger_cosignatures using (city_id = current_setting('app.city', true));
