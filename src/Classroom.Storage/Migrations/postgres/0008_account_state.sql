-- An account that is disabled keeps its lessons and signs nobody in.
alter table accounts add column "DisabledAt" timestamp with time zone;
alter table accounts add column "LastSignInAt" timestamp with time zone;

create table centres (
  "Id"   uuid primary key,
  "Name" text not null
);
create unique index centres_name on centres ("Name");
insert into centres ("Id", "Name") values ('0197c000-0000-7000-8000-000000000001', 'Ortaq');

-- Times are Unix milliseconds: SQLite's provider compares no others.
create table account_links (
  "Hash"      text primary key,
  "AccountId" uuid not null references accounts ("Id") on delete cascade,
  "Purpose"   integer not null,
  "ExpiresAt" bigint not null,
  "UsedAt"    bigint
);

-- Sessions that were signed out before their cookie's end.
create table ended_sessions (
  "Id"     uuid primary key,
  "EndsAt" bigint not null
);
