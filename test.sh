#!/usr/bin/env bash
# Runs every test. They need a PostgreSQL server and a Java to start, kcat, Prometheus, Chromium and a linker. What is not installed is installed from
# Debian's packages, if that may be done. Kafka is no package there: KAFKA_HOME names an unpacked release. Arguments go to dotnet test.
set -euo pipefail
cd "$(dirname "$0")"

may_install() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }

apt_install() { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"; }

has_postgres() {
  [ -n "${REPOPULSE_TEST_POSTGRES:-}" ] || command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null
}

# The programs only: the tests start servers of their own, and Debian's would be one more that nobody asked for.
install_postgres() {
  local settings=/etc/postgresql-common/createcluster.d/repopulse-tests.conf status=0
  mkdir -p "${settings%/*}"
  echo 'create_main_cluster = false' >"$settings"
  apt_install postgresql || status=$?
  rm -f "$settings"
  return "$status"
}

has_java() { [ -x "${JAVA_HOME:-}/bin/java" ] || command -v java >/dev/null; }
has_kcat() { command -v kcat >/dev/null; }
has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_prometheus() { command -v prometheus >/dev/null && command -v promtool >/dev/null; }
has_kafka() { [ -n "${REPOPULSE_TEST_KAFKA:-}" ] || compgen -G "${KAFKA_HOME:-/nowhere}/libs/kafka-server-*.jar" >/dev/null; }

# What is missing, and how to get it.
without() {
  echo "There is no $1: $2." >&2
  [ "${CI:-}" != true ] || exit 1
  echo "The tests that need it are skipped." >&2
}

if may_install; then
  has_postgres || install_postgres || true
  has_chromium || apt_install chromium || true
  # Nothing is to start a Prometheus that nobody asked for.
  has_prometheus || RUNLEVEL=1 apt_install prometheus || true
  # Without Kafka neither is of use.
  if has_kafka; then
    has_java || apt_install openjdk-17-jre-headless || true
    has_kcat || apt_install kcat || true
  fi
fi
has_postgres || without "PostgreSQL server" "install one, or name a running one in REPOPULSE_TEST_POSTGRES"
has_chromium || without "Chromium" "install it"
has_prometheus || without "Prometheus" "install Debian's package prometheus"
if ! has_kafka; then
  without "Kafka" "let KAFKA_HOME name an unpacked release, or name a running one in REPOPULSE_TEST_KAFKA"
else
  has_java || without "Java" "install version 17 or newer"
  has_kcat || without "kcat" "install it"
fi

# The tests of whole processes run the native executable that users get, which starts ten times as fast as the managed program.
has_linker() { command -v clang >/dev/null || command -v gcc >/dev/null; }
if [ -z "${REPOPULSE_TEST_EXECUTABLE+set}" ]; then
  if may_install && ! has_linker; then apt_install gcc libc6-dev || true; fi
  if has_linker; then
    case $(uname -m) in aarch64) runtime=linux-arm64 ;; *) runtime=linux-x64 ;; esac
    dotnet publish src/RepoPulse --configuration Release --runtime "$runtime" --output artifacts/native
    export REPOPULSE_TEST_EXECUTABLE=$PWD/artifacts/native/repopulse
  else
    [ "${CI:-}" != true ] || { echo "There is no linker: install gcc or clang." >&2; exit 1; }
    echo "There is no linker (gcc or clang): whole processes are tested on the managed program, which takes far longer." >&2
  fi
fi

dotnet test --configuration Release --max-parallel-test-modules 1 "$@"
