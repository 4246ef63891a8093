-- A column that may not be null cannot be added to a table with rows: the facts move to a new one as they are chained.
create table facts_chained (
  stream     text not null,
  version    integer not null,
  command_id text not null,
  name       text not null,
  actor      text not null,
  at         text not null,
  body       text not null,
  hash       blob not null check (length(hash) = 32),
  primary key (stream, version)
);
-- step: chain the stored facts
drop table facts;
alter table facts_chained rename to facts;
create index facts_by_command on facts (stream, command_id);
create index facts_incidents on facts (at) where name = 'incident-recorded.1';
