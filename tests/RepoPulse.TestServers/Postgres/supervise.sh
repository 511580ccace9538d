# Keeps a PostgreSQL server in a folder of its own for as long as somebody holds the other end of its input.
# Arguments: the folder of PostgreSQL's programs, then the server's own. Orders, one a line: "start", or the name of a signal that ends the server.
# At the end of the input, however it came about, the server is ended and the folder deleted.
set -u
programs=$1
shift
umask 077

folder=$(mktemp -d "${TMPDIR:-/tmp}/repopulse-postgres-XXXXXX" 2>/dev/null) || folder=$(mktemp -d /tmp/repopulse-postgres-XXXXXX) || exit 1
trap 'rm -rf "$folder"' EXIT
"$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --no-locale --encoding=UTF8 --no-sync >"$folder/log" 2>&1 || {
  cat "$folder/log" >&2
  exit 1
}
echo "$folder"

server=
finish() {
  [ -n "$server" ] || return 0
  kill -s "$1" "$server"
  wait "$server"
  server=
  # Children outlive a killed server for a moment, and another would refuse to start beside them.
  flock "$folder/alive" true
} 2>/dev/null

while read -r order; do
  case $order in
    start)
      # The lock is inherited by all of the server's processes: it is free when none is left.
      (flock --shared 9 && exec "$programs/postgres" -D "$folder/data" -k "$folder" "$@") 9>"$folder/alive" >>"$folder/log" 2>&1 &
      server=$!
      ;;
    *) finish "$order" ;;
  esac
  echo done
done
finish QUIT
