#!/usr/bin/env bash
# Measures the operator: see usage below.
#
# Works with bash 3.2 (macOS). Needs a JDK 25 and Maven; Go is optional.
set -euo pipefail

usage() {
  cat <<'END'
Usage: examples/benchmark.sh [--quick] [--strict] [FLAGS]

Builds the project, starts a Kubernetes API server and the sandbox backend on this
machine, and measures the operator process: many Chatbots at once, cold and warm,
growth, edits, idle time, a restart, documents, the start. Prints a table and writes
benchmark.json. A bare client does the same writes in the same run, and the table
shows its figures next to those of the operator. Where Go exists, the script builds a
hand-written Go controller (controller-runtime), which makes the same Chatbots Ready in
turns with the operator; without Go, the table says so. See examples/benchmark/README.md.

  --quick    small sizes: two minutes, for a functional check
  --runs=N   repeat many Chatbots at once, cold and warm, and report the medians
  --strict   exit with 1 if a mark was not reached
  --help     show this text, and the flags for sizes and for the operator's JVM

With the default sizes it takes about twenty minutes on two cores. Run no other programs.
END
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT
readonly BENCHMARK_JAR=$ROOT/examples/benchmark/target/okchat-benchmark.jar
readonly QUICK=(--chatbots=200 --growth=500,600 --sources=300 --documents=200 --more-bots=300 --edits=40 --starts=3
  --poll-interval=3)

java=            # of the JDK 25

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "benchmark: $*"
  exit 1
}

# shellcheck source=quickstart/build.sh
. "$ROOT/examples/quickstart/build.sh"

flags=()
help=false
for flag in "$@"; do
  case $flag in
    --quick) flags+=("${QUICK[@]}") ;;
    -h | --help) help=true ;;
    *) flags+=("$flag") ;;
  esac
done

if $help; then usage; fi
find_jdk
if ! is_built || [ ! -f "$BENCHMARK_JAR" ] || sources_are_newer_than "$BENCHMARK_JAR"; then
  command -v mvn >/dev/null || fail "there is no Maven: install it, so that \`mvn\` is on the PATH"
  say "Building (a minute or two)"
  mvn -B -ntp -q -f "$ROOT/pom.xml" -Dmaven.test.skip -Dexec.skip package >&2 ||
    fail "the build failed: see above"
fi
if $help; then flags=(--help); fi
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$BENCHMARK_JAR" \
  ${flags[@]+"${flags[@]}"} "$ROOT"
