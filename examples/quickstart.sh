#!/usr/bin/env bash
# Runs the OkChat operator on this machine with one command: see usage below.
#
# Works with bash 3.2 (macOS). Needs a JDK 25, Maven, curl and git.
set -euo pipefail

usage() {
  cat <<'END'
Usage: examples/quickstart.sh [--once] [--keep] [--kubeconfig FILE]

Builds the project, starts a Kubernetes API server, the sandbox backend and the
operator on this machine, applies the manifests of this folder, and shows that
they become real chatbots, which answer from the declared documents. Needs a
JDK 25, Maven, curl and git; no cluster, no account.
The first run downloads the API server, or builds it with Go, which takes minutes.

  --once             exit at the end; exit code 0 only if everything became Ready
  --keep             keep the data and the logs at the end
  --kubeconfig FILE  use this cluster instead of a local one: all objects are in a
                     new namespace, and are removed at the end
  --help             show this text

Without --once it runs until Ctrl-C. It removes all data at the end, unless --keep.
END
}

readonly API_KEY=quickstart-key
readonly SHOWN_BOT=support
readonly NEW_PROMPT='You answer questions of our customers in one sentence, and always in rhyme.'
readonly STEPS=13
readonly READY_LIMIT=120s

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT

# shellcheck source=quickstart/parts.sh
. "$ROOT/examples/quickstart/parts.sh"
# shellcheck source=quickstart/knowledge.sh
. "$ROOT/examples/quickstart/knowledge.sh"

created_namespace=false
created_crds=()
git_url=

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --once) once=true ;;
      --keep) keep=true ;;
      --kubeconfig)
        [ $# -ge 2 ] || fail "--kubeconfig needs a FILE"
        shift
        foreign_kubeconfig=$1
        ;;
      --kubeconfig=*) foreign_kubeconfig=${1#*=} ;;
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
  if [ -n "$foreign_kubeconfig" ]; then
    [ -r "$foreign_kubeconfig" ] || fail "--kubeconfig: there is no file $foreign_kubeconfig"
    foreign_kubeconfig=$(cd "$(dirname "$foreign_kubeconfig")" && pwd)/$(basename "$foreign_kubeconfig")
  fi
}

main() {
  parse "$@"
  work=$(mktemp -d "${TMPDIR:-/tmp}/okchat-quickstart.XXXXXX")
  trap finish EXIT
  trap interrupted INT TERM HUP
  mkdir "$work/logs"

  step "Finding a JDK 25, and building the project"
  command -v curl >/dev/null || fail "there is no curl: install it"
  command -v git >/dev/null || fail "there is no git: install it"
  find_jdk
  build

  step "Finding a Kubernetes API server (the first run downloads or builds it)"
  find_binaries

  step "Starting the cluster"
  if [ -n "$foreign_kubeconfig" ]; then use_foreign_cluster; else start_cluster; fi
  apply_crds

  step "Starting the sandbox backend"
  start_sandbox

  step "Starting the operator"
  start_operator

  step "Applying a backend and the chatbots of examples/"
  apply_backend
  apply_examples

  step "Waiting until everything is Ready"
  wait_until_ready

  step "Editing the prompt of $SHOWN_BOT"
  show_an_edit

  show_knowledge

  step "Asking $SHOWN_BOT with the plugin for kubectl"
  show_plugin
  ready=true

  if "$once"; then
    printf '\nEverything became Ready, in %s.\n' "$(elapsed)"
  else
    show_how_to_go_on
    stay_up
  fi
}

main "$@"
