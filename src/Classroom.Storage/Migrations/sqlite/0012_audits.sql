-- Audits of the tutor: who runs one, and the signed dossiers of those that came to their end. No word of a child is in them.
create table audits (
  id         text primary key,
  started_at text not null,
  state      text not null,
  holder     text not null,
  summary    text,
  dossier    blob
);
