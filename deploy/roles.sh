#!/bin/sh
# Runs once, when the database is made: the role that serves. What it may do is in migrations/grants.sql.
set -eu
psql --quiet --set=ON_ERROR_STOP=1 --set=password="$(cat /run/secrets/app_password)" --username="$POSTGRES_USER" "$POSTGRES_DB" <<'SQL'
CREATE ROLE tb_app LOGIN PASSWORD :'password';
SQL
