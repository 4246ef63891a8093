-- Pictures of the kits that lessons were opened with, by the SHA-256 of their bytes: a lesson shows them however its kit is changed.
create table kit_images (
  hash     text primary key,
  type     text not null,
  bytes    bytea not null,
  added_at timestamptz not null
);
