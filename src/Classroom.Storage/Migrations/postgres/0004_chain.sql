-- Byte order, as SQLite has it: both databases are then walked in the same order, by the key's own index.
alter table facts alter column stream type text collate "C";
alter table facts add column hash bytea;
-- step: chain the stored facts
alter table facts alter column hash set not null;
alter table facts add constraint facts_hash_is_sha256 check (length(hash) = 32);
