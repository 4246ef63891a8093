-- Kits that came over the wire, every edition that is still in use: the newest of an id has the highest number.
create table kits (
  number    bigserial primary key,
  id        text not null,
  hash      text not null,
  file_name text not null,
  yaml      bytea not null,
  added_at  timestamptz not null,
  unique (id, hash)
);
