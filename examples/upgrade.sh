#!/usr/bin/env bash
# Upgrades from the previous release to this version, and rolls back: see usage below.
#
# Works with bash 3.2 (macOS). Needs a JDK 25, Maven, curl, git, and helm or Go.
set -euo pipefail

usage() {
  cat <<'END'
Usage: examples/upgrade.sh [--from REF] [--keep]

Builds the previous release from its tag, and this version. Starts a Kubernetes API server and
the sandbox backend on this machine, installs the previous release with helm, and lets its
operator create a bot with documents. Then it upgrades to this version, and rolls back. After
each step it edits the Chatbot, and fails unless the operator writes the edit to the same bot.

  --from REF   a commit instead of the newest tag before this version
  --keep       keep the data and the logs at the end
  --help       show this text

Exits with 0 if there is no previous release.
END
}

readonly API_KEY=upgrade-key
readonly SHOWN_BOT=hello
readonly STEPS=6
readonly READY_LIMIT=120s
readonly RELEASE=okchat-operator

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT

# shellcheck source=quickstart/parts.sh
. "$ROOT/examples/quickstart/parts.sh"
# shellcheck source=install/chart.sh
. "$ROOT/examples/install/chart.sh"

readonly NEW_CHART=$ROOT/helm/okchat-operator
CHART=       # of the previous release
namespaced=false
helm=
namespace=okchat-system
from=
created=     # ID of the bot

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --from) from=${2:?--from needs a commit} && shift ;;
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
}

# Prints the newest tag of another version.
previous_tag() {
  local version
  version=$(sed -n 's:.*<revision>\(.*\)</revision>.*:\1:p' "$ROOT/pom.xml")
  git -C "$ROOT" tag --list 'v[0-9]*' --merged HEAD --sort=-v:refname | grep -vxF "v$version" | head -n 1 || true
}

build_previous() {
  local folder=$work/previous
  mkdir "$folder"
  git -C "$ROOT" archive "$from" | tar -x -C "$folder"
  run_quietly "Maven, $from" "$work/logs/previous.log" mvn -B -ntp -f "$folder/pom.xml" -pl operator -am \
    -Dmaven.test.skip -Dexec.skip package || {
    tail -n 60 "$work/logs/previous.log" >&2
    fail "the build of $from failed: see above"
  }
  CHART=$folder/helm/okchat-operator
}

# Usage: run_operator JAR; replaces the operator that runs.
run_operator() {
  stop "$operator_pid"
  operator_pid=
  start_installed_operator "$1"
}

apply_documents() {
  kn apply --server-side -f - <<END | indent
apiVersion: okchat.ai/v1alpha1
kind: KnowledgeSource
metadata: {name: hours}
spec:
  chatbotRef: {name: $SHOWN_BOT}
  documents: [{name: hours, text: Open on Saturday.}]
END
  kn wait --for=condition=Ready knowledgesource/hours --timeout="$READY_LIMIT" | indent
}

# Edits the Chatbot and the documents, and compares the backend.
# Usage: check_edit WORD
check_edit() {
  local prompt="You greet people, $1." id deadline=$((SECONDS + 60))
  id=$(kn get chatbot "$SHOWN_BOT" -o 'jsonpath={.status.id}')
  [ "$id" = "$created" ] || fail "the Chatbot has the bot $id, and had $created"
  kn patch chatbot "$SHOWN_BOT" --type merge --patch "{\"spec\": {\"prompt\": \"$prompt\"}}" >/dev/null
  until [ "$(prompt_in_backend "$created")" = "$prompt" ]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "the edit did not reach the bot in a minute"
    sleep 0.1
  done
  kn wait --for=condition=Ready "chatbot/$SHOWN_BOT" knowledgesource/hours --timeout="$READY_LIMIT" | indent
  [ "$(backend "$sandbox_url/api/external/chatbots" | grep -o '"slug"' | wc -l | tr -d ' ')" = 1 ] ||
    fail "the backend has another bot"
  say "edit written to the bot $created"
}

main() {
  parse "$@"
  work=$(mktemp -d "${TMPDIR:-/tmp}/okchat-upgrade.XXXXXX")
  trap finish EXIT
  trap interrupted INT TERM HUP
  mkdir "$work/logs"

  [ -n "$from" ] || from=$(previous_tag)
  if [ -z "$from" ]; then
    say "There is no previous release: no tag v* of another version"
    return 0
  fi

  step "Building this version and $from"
  find_jdk
  build
  build_previous

  step "Finding a Kubernetes API server and helm (the first run downloads or builds them)"
  find_binaries
  find_helm

  step "Starting the cluster and the sandbox backend"
  start_cluster
  start_sandbox

  step "Installing $from, and creating a bot with documents"
  install_chart
  run_operator "$work/previous/operator/target/okchat-operator.jar"
  apply_hello
  wait_for_hello
  apply_documents
  created=$(kn get chatbot "$SHOWN_BOT" -o 'jsonpath={.status.id}')

  step "Upgrading to this version"
  "$helm" --kubeconfig "$kubeconfig" upgrade "$RELEASE" "$NEW_CHART" --namespace "$namespace" \
    --values "$work/values.yaml" | indent
  run_operator "$OPERATOR_JAR"
  check_edit upgraded

  step "Rolling back to $from"
  "$helm" --kubeconfig "$kubeconfig" rollback "$RELEASE" 1 --namespace "$namespace" | indent
  run_operator "$work/previous/operator/target/okchat-operator.jar"
  check_edit "rolled back"
  ready=true
  printf '\nEvery object kept its bot and its documents, in %s.\n' "$(elapsed)"
}

main "$@"
