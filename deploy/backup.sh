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
tar -C "${VAR_DIR:?}" -cf "$target/files.tar" media sealed private
echo "$target"
