-- What the tutor gave and used on a day, as each run of the program counted it for itself.
create table tutor_days (
  day     text not null,
  run     text not null,
  source  text not null,
  answers integer not null,
  input   integer not null,
  output  integer not null,
  primary key (day, run, source)
);
