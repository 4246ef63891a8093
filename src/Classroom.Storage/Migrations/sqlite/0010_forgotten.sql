-- Who was forgotten, in the order of time: a start destroys the keys that an older copy of the key store has brought back.
create index facts_forgotten on facts (at, stream) where name = 'student-forgotten.1';
