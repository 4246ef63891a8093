-- An account that is disabled keeps its lessons and signs nobody in.
alter table accounts add column "DisabledAt" TEXT;
alter table accounts add column "LastSignInAt" TEXT;

create table centres (
  "Id"   TEXT not null primary key,
  "Name" TEXT not null
);
create unique index centres_name on centres ("Name");
-- EF Core writes ids in capitals.
insert into centres ("Id", "Name") values ('0197C000-0000-7000-8000-000000000001', 'Ortaq');

-- Times are Unix milliseconds: SQLite's provider compares no others.
create table account_links (
  "Hash"      TEXT not null primary key,
  "AccountId" TEXT not null references accounts ("Id") on delete cascade,
  "Purpose"   INTEGER not null,
  "ExpiresAt" INTEGER not null,
  "UsedAt"    INTEGER
);

-- Sessions that were signed out before their cookie's end.
create table ended_sessions (
  "Id"     TEXT not null primary key,
  "EndsAt" INTEGER not null
);
