-- Photos of handed-in work, each sealed under the key of the child whose it is. What the lesson knows of them is in its facts.
create table photos (
  lesson   text not null,
  id       text not null,
  child    text not null,
  bytes    blob not null,
  added_at text not null,
  primary key (lesson, id)
);
create index photos_of_child on photos (lesson, child);
