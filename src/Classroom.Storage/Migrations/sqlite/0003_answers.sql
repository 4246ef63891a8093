create table answers (
  key        text primary key,
  body       blob not null,
  expires_at text not null
);
create index facts_incidents on facts (at) where name = 'incident-recorded.1';
