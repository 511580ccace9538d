#!/usr/bin/env bash
# Runs every test. What they need and cannot bring themselves is a PostgreSQL server to start and Prometheus: where one is not installed it is installed
# from Debian's packages, if that may be done. Arguments go to dotnet test.
set -euo pipefail
cd "$(dirname "$0")"

has_postgres() {
  [ -n "${REPOPULSE_TEST_POSTGRES:-}" ] || command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null
}

# The programs only: the tests start servers of their own, and Debian's would be one more that nobody asked for.
install_postgres() {
  local settings=/etc/postgresql-common/createcluster.d/repopulse-tests.conf status=0
  mkdir -p "${settings%/*}"
  echo 'create_main_cluster = false' >"$settings"
  apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends postgresql || status=$?
  rm -f "$settings"
  return "$status"
}

if ! has_postgres && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  install_postgres || true
fi
if ! has_postgres; then
  echo "There is no PostgreSQL server: install one, or name a running one in REPOPULSE_TEST_POSTGRES." >&2
  [ "${CI:-}" != true ] || exit 1
  echo "The tests that need it are skipped." >&2
fi

has_prometheus() {
  command -v prometheus >/dev/null && command -v promtool >/dev/null
}

if ! has_prometheus && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  # The programs only, here too: nothing is to start a Prometheus that nobody asked for.
  apt-get update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends prometheus || true
fi
if ! has_prometheus; then
  echo "There is no Prometheus: install Debian's package 'prometheus'." >&2
  [ "${CI:-}" != true ] || exit 1
  echo "The tests that need it are skipped." >&2
fi

dotnet test --configuration Release --max-parallel-test-modules 1 "$@"
