-- Kits that came over the wire, every edition that is still in use: the newest of an id has the highest number.
create table kits (
  number    integer primary key autoincrement,
  id        text not null,
  hash      text not null,
  file_name text not null,
  yaml      blob not null,
  added_at  text not null,
  unique (id, hash)
);
