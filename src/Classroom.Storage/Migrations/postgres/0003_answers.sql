create table answers (
  key        text primary key,
  body       bytea not null,
  expires_at timestamptz not null
);
create index facts_incidents on facts (at) where name = 'incident-recorded.1';
