# Keeps Kafka brokers in a folder of their own for as long as somebody holds the other end of its input.
# Arguments: the folder of Kafka's jars, the cluster's id, and the command that runs Java. The caller writes NODE/server.properties into the folder.
# Orders, one a line: "start NODE", or the name of a signal that ends the node and NODE.
# At the end of the input, however it came about, every node is ended and the folder deleted.
set -u
libs=$1
cluster=$2
shift 2
umask 077

folder=$(mktemp -d "${TMPDIR:-/tmp}/repopulse-kafka-XXXXXX" 2>/dev/null) || folder=$(mktemp -d /tmp/repopulse-kafka-XXXXXX) || exit 1
trap 'rm -rf "$folder"' EXIT
echo "$folder"

run() {
  node=$1
  shift
  [ -d "$folder/$node/data" ] \
    || "$@" -cp "$libs/*" kafka.tools.StorageTool format -t "$cluster" -c "$folder/$node/server.properties" >>"$folder/$node/log" 2>&1 </dev/null || return 0
  "$@" -cp "$libs/*" kafka.Kafka "$folder/$node/server.properties" >>"$folder/$node/log" 2>&1 </dev/null &
  echo $! >"$folder/$node/pid"
}

finish() {
  [ -e "$folder/$2/pid" ] || return 0
  kill -s "$1" "$(cat "$folder/$2/pid")"
  wait "$(cat "$folder/$2/pid")"
  rm "$folder/$2/pid"
} 2>/dev/null

while read -r order node; do
  case $order in
    start) [ -e "$folder/$node/pid" ] || run "$node" "$@" ;;
    *) finish "$order" "$node" ;;
  esac
  echo done
done
# What they hold goes with the folder, so none is given the time to hand over to the others.
for one in "$folder"/*/; do
  finish KILL "$(basename "$one")"
done
