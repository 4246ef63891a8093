-- The index over who was forgotten: ConcurrentIndexes.
select 1;
