create table facts (
  stream     text not null,
  version    bigint not null,
  command_id uuid not null,
  name       text not null,
  actor      text not null,
  at         timestamptz not null,
  body       text not null,
  primary key (stream, version)
);
create index facts_by_command on facts (stream, command_id);
create table snapshots (
  stream  text primary key,
  version bigint not null,
  format  text not null,
  body    bytea not null
);
