create table service_tokens (
  name       text primary key,
  hash       blob not null unique check (length(hash) = 32),
  centre_id  text not null,
  scopes     text not null,
  created_at text not null,
  revoked_at text
);
-- A centre's sessions, also those that ended. A damaged body is simply in no centre: it must not break the index, verify names it.
create index facts_centre on facts (case when json_valid(body) then json_extract(body, '$.opening.centreId') end, stream) where name = 'lesson-opened.1';
