create table service_tokens (
  name       text primary key,
  hash       bytea not null unique check (length(hash) = 32),
  centre_id  uuid not null,
  scopes     text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
-- A centre's sessions, also those that ended. A pattern and no JSON: a damaged body must neither break the index nor hide from verify.
-- What a person wrote cannot look like it: JSON escapes their quotation marks.
create index facts_centre on facts (substring(body from '"centreId":"([0-9a-f-]{36})"'), stream) where name = 'lesson-opened.1';
