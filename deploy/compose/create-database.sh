#!/bin/sh
# Runs once, as PostgreSQL's superuser, when the server's folder is made. The services connect as a role that owns their database and may do nothing else.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/repopulse-password)" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE repopulse LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'password';
CREATE DATABASE repopulse OWNER repopulse;
REVOKE ALL ON DATABASE repopulse FROM PUBLIC;
SQL
