-- Lessons in which somebody waited too long for the server; when last, how long at most.
create table pauses (
  stream     text primary key,
  last_at    timestamptz not null,
  longest_ms bigint not null
);
-- The index over the lessons' beginnings: ConcurrentIndexes.
