#!/bin/sh
# Database, media and sealed files into one folder a day. What patients sent or signed is sealed in all of them; the private
# key is not part of it, and must be kept elsewhere.
# Usage: DATABASE_URL=postgres://… VAR_DIR=/var/lib/alluraderm deploy/backup.sh /backup/folder
set -eu
target="${1:?where to write to}/$(date -u +%Y-%m-%dT%H%M%SZ)"
umask 077
mkdir -p "$target"
pg_dump --format=custom --file="$target/database.dump" "$DATABASE_URL"
mkdir -p "${VAR_DIR:?}/media" "$VAR_DIR/sealed" "$VAR_DIR/private"
[ -z "${STORAGE_URL:-}" ] || echo "files are in the bucket of STORAGE_URL: back that up too" >&2
# Status 1 says that a file changed or went while it was read, as when somebody uploads a picture. The archive is whole all the same: every
# file is written once, under a name of its own, so that the next backup has what this one missed.
status=0
tar -C "${VAR_DIR:?}" --warning=no-file-changed --warning=no-file-removed -cf "$target/files.tar" media sealed private || status=$?
[ "$status" -le 1 ] || { echo "the files could not be read; see above" >&2; exit "$status"; }
[ "$status" -eq 0 ] || echo "some files changed while they were read; the next backup has them" >&2
echo "$target"
