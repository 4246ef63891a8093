create table service_tokens (
  name       text primary key,
  hash       bytea not null unique check (length(hash) = 32),
  centre_id  uuid not null,
  scopes     text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
-- The index over a centre's sessions: ConcurrentIndexes.
