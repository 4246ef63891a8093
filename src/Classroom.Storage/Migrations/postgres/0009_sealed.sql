-- Snapshots of before held what children wrote in the clear. They are made again from the facts.
delete from snapshots;
-- The key store that the facts are sealed with, by its id: another one opens none of them.
create table key_store (
  id text primary key
);
