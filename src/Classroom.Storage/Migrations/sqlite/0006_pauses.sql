-- Lessons in which somebody waited too long for the server; when last, how long at most.
create table pauses (
  stream     text primary key,
  last_at    text not null,
  longest_ms integer not null
);
create index facts_lesson_started on facts (at) where name = 'lesson-started.1';
