#!/usr/bin/env bash
# Installs the chart into a real API server with one command: see usage below.
#
# Works with bash 3.2 (macOS). Needs a JDK 25, Maven, curl, and helm or Go.
set -euo pipefail

usage() {
  cat <<'END'
Usage: examples/install.sh [--once] [--keep] [--namespaced]

Builds the project, starts a Kubernetes API server and the sandbox backend on this
machine, installs helm/okchat-operator with helm, and shows that a Chatbot becomes
Ready with the permissions of the chart: no Pods run here, so the operator's jar
runs on this machine, with the environment of the chart's Deployment and a token of
the chart's ServiceAccount.

  --once         exit at the end; exit code 0 only if the Chatbot became Ready
  --keep         keep the data and the logs at the end
  --namespaced   install for one namespace, without any ClusterRole; the CRDs are
                 installed before, as a cluster administrator does it
  --help         show this text

Needs a JDK 25, Maven and curl. helm comes from the PATH, or from a build with Go; so
does the API server if it cannot be downloaded. A build is needed once and takes minutes.
Without --once it runs until Ctrl-C. It removes all data at the end, unless --keep.
END
}

readonly API_KEY=install-key
readonly SHOWN_BOT=hello
readonly STEPS=8
readonly READY_LIMIT=120s
readonly RELEASE=okchat-operator

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT
readonly CHART=$ROOT/helm/okchat-operator

# shellcheck source=quickstart/parts.sh
. "$ROOT/examples/quickstart/parts.sh"
# shellcheck source=install/chart.sh
. "$ROOT/examples/install/chart.sh"

namespaced=false
helm=
namespace=okchat-system

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --once) once=true ;;
      --keep) keep=true ;;
      --namespaced) namespaced=true ;;
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
}

main() {
  parse "$@"
  work=$(mktemp -d "${TMPDIR:-/tmp}/okchat-install.XXXXXX")
  trap finish EXIT
  trap interrupted INT TERM HUP
  mkdir "$work/logs"

  step "Finding a JDK 25, and building the project"
  command -v curl >/dev/null || fail "there is no curl: install it"
  find_jdk
  build

  step "Finding a Kubernetes API server and helm (the first run downloads or builds them)"
  find_binaries
  find_helm

  step "Starting the cluster"
  start_cluster

  step "Starting the sandbox backend"
  start_sandbox

  step "Installing the chart"
  install_chart

  step "Starting the operator as the chart's ServiceAccount"
  start_installed_operator

  step "Applying a Chatbot, and waiting until it is Ready"
  apply_hello
  wait_for_hello

  step "Checking the permissions of the operator"
  show_rights

  if "$once"; then
    printf '\nThe Chatbot became Ready with the permissions of the chart, in %s.\n' "$(elapsed)"
  else
    printf '\nCommands to try in another terminal:\n\n'
    say "export KUBECONFIG=$kubeconfig"
    say "kubectl -n $namespace get chatbots,chatbotbackends"
    say "$helm -n $namespace get values $RELEASE"
    stay_up
  fi
}

main "$@"
