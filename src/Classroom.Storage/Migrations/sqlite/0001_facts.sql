create table facts (
  stream     text not null,
  version    integer not null,
  command_id text not null,
  name       text not null,
  actor      text not null,
  at         text not null,
  body       text not null,
  primary key (stream, version)
);
create index facts_by_command on facts (stream, command_id);
create table snapshots (
  stream  text primary key,
  version integer not null,
  format  text not null,
  body    blob not null
);
