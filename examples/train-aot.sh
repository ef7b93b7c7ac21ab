#!/usr/bin/env bash
# Writes a cache for a fast start of the operator: see usage below.
#
# Works with bash 3.2 (macOS). Needs a JDK 25, Maven and curl.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: examples/train-aot.sh [--image DIR] [--output FILE] [--keep]

Writes operator/target/okchat-operator.aot, an ahead-of-time cache (JEP 514) of the
operator's jar: loaded and linked classes, and profiles of methods from a training
run. A process with -XX:AOTCache=FILE and the options of
operator/src/main/image/app/jvm.options is ready in about half the time.

The training run uses a Kubernetes API server and the sandbox on this machine, a
ChatbotBackend, Chatbots and KnowledgeSources that become Ready, an edit and a
deletion.

  --image DIR       train on an image instead of operator/target: DIR has the unpacked
                    image with its base. A cache fits one build of one Java and files of
                    one size and time; others ignore it
  --output FILE     output file (operator/target/okchat-operator.aot)
  --keep            keep the data and the logs at the end
  --help            show this text
TEXT
}

readonly API_KEY=training-key
readonly STEPS=7
readonly READY_LIMIT=120s

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT
readonly JVM_OPTIONS=$ROOT/operator/src/main/image/app/jvm.options

# shellcheck source=quickstart/parts.sh
. "$ROOT/examples/quickstart/parts.sh"
# shellcheck source=train-aot/training.sh
. "$ROOT/examples/train-aot/training.sh"

once=true
image=           # of --image
output=$ROOT/operator/target/okchat-operator.aot

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --image | --output)
        [ $# -ge 2 ] || fail "$1 needs a value"
        case $1 in
          --image) image=$2 ;;
          --output) output=$2 ;;
        esac
        shift
        ;;
      --keep) keep=true ;;
      --help | -h)
        usage
        exit 0
        ;;
      *)
        usage >&2
        fail "unknown argument: $1"
        ;;
    esac
    shift
  done
  if [ -n "$image" ]; then
    [ -f "$image/app/jib-classpath-file" ] || fail "--image: there is no $image/app/jib-classpath-file"
    image=$(cd "$image" && pwd)
  fi
}

main() {
  parse "$@"
  work=$(mktemp -d "${TMPDIR:-/tmp}/okchat-train-aot.XXXXXX")
  trap finish EXIT
  trap interrupted INT TERM HUP
  mkdir "$work/logs"

  step "Finding a JDK 25, and building the project"
  command -v curl >/dev/null || fail "there is no curl: install it"
  find_jdk
  build

  step "Finding a Kubernetes API server (the first run downloads or builds it)"
  find_binaries

  step "Starting the cluster"
  start_cluster
  apply_crds

  step "Starting the sandbox backend"
  start_sandbox

  step "Starting the operator in training"
  start_trained_operator

  step "Creating, editing and deleting objects"
  run_workload

  step "Stopping the operator, which writes the cache"
  stop_and_write
  printf '\nWrote %s (%s KiB), in %s.\n' "$output" "$(($(wc -c <"$output") / 1024))" "$(elapsed)"
}

main "$@"
