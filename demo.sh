#!/usr/bin/env bash
# Tries RepoPulse without the internet: a server that behaves like GitHub, and RepoPulse watching it. Ctrl-C ends both.
# DEMO_PORT (8080) is where RepoPulse answers, DEMO_GITHUB_PORT (9090) where the simulated GitHub does.
set -euo pipefail
cd "$(dirname "$0")"
port=${DEMO_PORT:-8080}
github="http://127.0.0.1:${DEMO_GITHUB_PORT:-9090}"
repositories=(dotnet/runtime microsoft/vscode rust-lang/rust octocat/hello-world)

dotnet build --configuration Release --nologo --verbosity quiet tests/Simulation/GitHubSimulator
dotnet build --configuration Release --nologo --verbosity quiet src/RepoPulse

data=$(mktemp -d)
pids=()
# Only what was started here is ended, by its id.
finish() {
  trap - EXIT INT TERM
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  wait || true
  rm -rf "$data"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

dotnet tests/Simulation/GitHubSimulator/bin/Release/net10.0/github-simulator.dll --urls "$github" --seed 42 --poll-interval 5 &
pids+=($!)

arguments=()
for repository in "${repositories[@]}"; do arguments+=(--repository "$repository"); done
dotnet src/RepoPulse/bin/Release/net10.0/repopulse.dll run "${arguments[@]}" \
  --GitHub:ApiUrl="$github" --GitHub:Tokens=demo-token --Collector:MinPollInterval=00:00:05 --Collector:MaxPollInterval=00:00:30 \
  --Api:Urls="http://127.0.0.1:$port" --Storage:ConnectionString="Data Source=$data/demo.db" &
pids+=($!)

cat <<EOF

RepoPulse watches a simulated GitHub. Look at it from another terminal:

  curl -s http://127.0.0.1:$port/api/v1/statistics
  dotnet src/RepoPulse/bin/Release/net10.0/repopulse.dll stats --server http://127.0.0.1:$port

EOF
wait -n
