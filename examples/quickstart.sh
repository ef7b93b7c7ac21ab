#!/usr/bin/env bash
# The main job of the OkChat operator, for real, with one command: see usage below.
#
# Works with bash 3.2 (macOS). Needs a JDK 25, Maven, curl, and nothing that it does not ask for.
set -euo pipefail

usage() {
  cat <<'END'
Usage: examples/quickstart.sh [--once] [--keep] [--kubeconfig FILE]

Builds the project, starts a Kubernetes API server, the sandbox backend and the
operator on this machine, applies the manifests of this folder, and shows that
they become real chatbots. Needs a JDK 25, Maven and curl; no cluster, no account.
The first run downloads the API server, or builds it with Go, which takes minutes.

  --once             end by itself; exit code 0 only if everything became Ready
  --keep             keep the data and the logs at the end
  --kubeconfig FILE  use this cluster in place of an own one: everything goes into
                     a new namespace, and is removed at the end
  --help             show this text

Without --once it stays up until Ctrl-C. Either way it leaves nothing behind.
END
}

readonly API_KEY=quickstart-key
readonly SHOWN_BOT=support
readonly NEW_PROMPT='You answer questions of our customers in one sentence, and always in rhyme.'
readonly QUESTION='What are your opening hours?'
readonly STEPS=9
readonly READY_LIMIT=120s

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT
readonly CLUSTER_JAR=$ROOT/examples/local-cluster/target/okchat-local-cluster.jar
readonly SANDBOX_JAR=$ROOT/examples/sandbox/target/okchat-sandbox.jar
readonly OPERATOR_JAR=$ROOT/operator/target/okchat-operator.jar
readonly BUILT=$ROOT/target/quickstart-built

once=false
keep=false
foreign_kubeconfig=
work=            # everything that this run writes
java=            # of the JDK 25
kubectl=
kubeconfig=
namespace=default
created_namespace=false
created_crds=()
cluster_pid=
sandbox_pid=
operator_pid=
other_pid=       # a build, or whatever else runs for a while
sandbox_url=
step_number=0
ready=false      # everything became Ready
failure=         # what went wrong, in words

# ---------------------------------------------------------------- what a person sees

step() {
  step_number=$((step_number + 1))
  printf '\n[%d/%d, %s] %s\n' "$step_number" "$STEPS" "$(elapsed)" "$*"
}

say() { printf '      %s\n' "$*"; }

elapsed() {
  if [ "$SECONDS" -lt 60 ]; then
    printf '%ds' "$SECONDS"
  else
    printf '%dm %ds' $((SECONDS / 60)) $((SECONDS % 60))
  fi
}

indent() { sed 's/^/      /'; }

fail() {
  failure=$*
  printf '\nerror: %s\n' "$failure" >&2
  exit 1
}

# Milliseconds since some time in the past; whole seconds where bash is older than 5.
now() {
  local micros=${EPOCHREALTIME:-}
  if [ -n "$micros" ]; then
    micros=${micros/[.,]/}
    printf '%s' $((micros / 1000))
  else
    printf '%s' $((SECONDS * 1000))
  fi
}

# The last words of each program, without the API server's small talk.
show_logs() {
  local log
  for log in "$work"/cluster/logs/kube-apiserver.log "$work"/logs/{cluster,sandbox,operator}.log; do
    [ -s "$log" ] || continue
    printf '\n--- the end of %s\n' "$log"
    { grep -Ev '^I[0-9]{4} ' "$log" || true; } | tail -n 30
  done
}

# ---------------------------------------------------------------- the end

is_alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

# Asks a process to end; kills it when it has not done so in ten seconds.
stop() {
  local pid=$1 i=0
  is_alive "$pid" || return 0
  kill -TERM "$pid" 2>/dev/null || true
  while is_alive "$pid" && [ "$i" -lt 100 ]; do
    sleep 0.1
    i=$((i + 1))
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

finish() {
  local code=$?
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  if [ -n "$failure" ] && [ -n "$kubeconfig" ]; then show_what_went_wrong >&2; fi
  printf '\nStopping ...\n'
  stop "$other_pid"
  [ -z "$foreign_kubeconfig" ] || remove_what_was_created || code=1
  stop "$operator_pid"
  stop "$sandbox_pid"
  stop "$cluster_pid"
  if "$keep"; then show_what_is_kept; else rm -rf "$work"; fi
  exit "$code"
}

show_what_is_kept() {
  printf '\nKept: %s\n' "$work"
  [ -z "$foreign_kubeconfig" ] || return 0
  cat <<END
To go on with it:
  $java -jar $CLUSTER_JAR --data $work/cluster --keep
  $java -jar $SANDBOX_JAR --data $work/sandbox --api-key $API_KEY --port ${sandbox_url##*:}
  KUBECONFIG=$work/cluster/kubeconfig $java -jar $OPERATOR_JAR
END
}

# The operator is still there: it removes the bots of the backend and then lets go of the objects.
remove_what_was_created() {
  local kind crd left=0
  if "$created_namespace"; then
    for kind in chatbots chatbotbackends; do
      delete_all "$kind" || left=1
    done
    k delete namespace "$namespace" --wait --timeout=60s >/dev/null || left=1
  fi
  for crd in ${created_crds[@]+"${created_crds[@]}"}; do
    if [ -n "$(k get "$crd" --all-namespaces -o name 2>/dev/null)" ]; then
      printf 'Not removed, since somebody uses it: CRD %s\n' "$crd"
    else
      k delete crd "$crd" --wait --timeout=60s >/dev/null || left=1
    fi
  done
  [ "$left" -eq 0 ] || printf 'Not everything could be removed: see above.\n' >&2
  return "$left"
}

# An operator that broke can not let go of its objects. The backend behind them ends with this run,
# so nothing is lost when they are let go of without it.
delete_all() {
  local kind=$1 name limit=60s
  is_alive "$operator_pid" || limit=1s
  k delete "$kind" --all --wait --timeout="$limit" >/dev/null 2>&1 && return
  for name in $(k get "$kind" -o name); do
    printf 'The operator did not let go of %s: its finalizer is removed\n' "$name"
    k patch "$name" --type merge --patch '{"metadata": {"finalizers": null}}' >/dev/null
  done
  [ -z "$(k get "$kind" -o name)" ]
}

interrupted() {
  # After everything has been shown, Ctrl-C is the normal end.
  if "$ready" && ! "$once"; then exit 0; fi
  exit 130
}

# ---------------------------------------------------------------- finding and building

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

# Whether a folder is a JDK (not only a JRE) of version 25 or newer.
is_jdk_25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  local major
  major=$("$1/bin/java" -version 2>&1 | sed -nE 's/.* version "([0-9]+).*/\1/p' | head -n 1) || return 1
  [ -n "$major" ] && [ "$major" -ge 25 ]
}

home_of_java_on_path() {
  command -v java >/dev/null || return 0
  java -XshowSettings:properties -version 2>&1 | sed -nE 's/^ *java\.home = (.*)$/\1/p'
}

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" "${JDK25_HOME:-}" "$(home_of_java_on_path)" \
    /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      # Maven and what it starts are to use it too, also where the PATH leads to an older one.
      export JAVA_HOME=$home
      export PATH=$home/bin:$PATH
      java=$home/bin/java
      say "JDK: $home"
      return
    fi
  done
  fail "there is no JDK 25 on this machine. Install one (for instance from adoptium.net), or set
JAVA_HOME or JDK25_HOME to it. Looked at JAVA_HOME, JDK25_HOME, \`java\` on the PATH, /usr/lib/jvm,
~/.sdkman, ~/.jdks and /Library/Java."
}

# Runs a command with its output in a log; tells from time to time that it still runs.
# Usage: run_quietly WHAT LOG COMMAND...
run_quietly() {
  local what=$1 log=$2 start=$SECONDS said=0 code=0
  shift 2
  "$@" >"$log" 2>&1 &
  other_pid=$!
  while is_alive "$other_pid"; do
    if [ -t 1 ]; then
      printf '\r      %s %s %ds ' "$what" "$(modules_so_far "$log")" $((SECONDS - start))
    elif [ $((SECONDS - start - said)) -ge 15 ]; then
      said=$((SECONDS - start))
      say "$what $(modules_so_far "$log") ... ${said}s"
    fi
    sleep 0.5
  done
  [ ! -t 1 ] || printf '\r\033[K'
  wait "$other_pid" || code=$?
  other_pid=
  return "$code"
}

# Such as [3/5], from Maven's output.
modules_so_far() {
  { grep -Eo '\[[0-9]+/[0-9]+\]' "$1" || true; } | tail -n 1
}

# Whether a source file is newer than the file named.
sources_are_newer_than() {
  [ -n "$(cd "$ROOT" && find pom.xml crds operator examples/sandbox examples/local-cluster \
    -name target -prune -o -type f \( -path '*/src/main/*' -o -path '*/binaries/*' -o -name pom.xml \) \
    -newer "$1" -print)" ]
}

is_built() {
  local jar
  for jar in "$CLUSTER_JAR" "$SANDBOX_JAR" "$OPERATOR_JAR"; do
    [ -f "$jar" ] && [ -d "$(dirname "$jar")/lib" ] || return 1
  done
  if [ -f "$BUILT" ] && ! sources_are_newer_than "$BUILT"; then return; fi
  for jar in "$CLUSTER_JAR" "$SANDBOX_JAR" "$OPERATOR_JAR"; do
    ! sources_are_newer_than "$jar" || return 1
  done
}

build() {
  if is_built; then
    say "built already, and no source is newer"
    return
  fi
  command -v mvn >/dev/null || fail "there is no Maven: install it, so that \`mvn\` is on the PATH"
  local started=$work/build-started
  touch "$started"
  if ! run_quietly "Maven" "$work/logs/maven.log" mvn -B -ntp -f "$ROOT/pom.xml" \
    -pl operator,examples/sandbox,examples/local-cluster -am -DskipTests package; then
    tail -n 60 "$work/logs/maven.log" >&2
    fail "the build failed: see above"
  fi
  # As of the build's start: what is edited while it runs is built the next time.
  mkdir -p "$(dirname "$BUILT")"
  cp -p "$started" "$BUILT"
}

# Runs a command in the background and waits: so that a signal is heard at once.
# Usage: patiently OUTPUT COMMAND...
patiently() {
  local output=$1 code=0
  shift
  "$@" >"$output" &
  other_pid=$!
  wait "$other_pid" || code=$?
  other_pid=
  return "$code"
}

# With a cluster of the user's, kubectl is all that is needed.
find_binaries() {
  if [ -n "$foreign_kubeconfig" ] && command -v kubectl >/dev/null; then
    kubectl=$(command -v kubectl)
  else
    patiently "$work/binaries" "$java" -jar "$CLUSTER_JAR" binaries ||
      fail "without a Kubernetes API server there is nothing to show"
    kubectl=$(cat "$work/binaries")/kubectl
  fi
  say "kubectl: $kubectl"
}

# ---------------------------------------------------------------- starting

# Waits for the line "listening on URL" of a program, and prints the URL.
# Usage: wait_for_url NAME PID OUTPUT
wait_for_url() {
  local url deadline=$((SECONDS + 120))
  while is_alive "$2" && [ "$SECONDS" -lt "$deadline" ]; do
    url=$(sed -nE 's/^listening on (.*)$/\1/p' "$3")
    if [ -n "$url" ]; then
      printf '%s' "$url"
      return
    fi
    sleep 0.1
  done
  printf '%s did not start\n' "$1" >&2
  return 1
}

start_cluster() {
  kubeconfig=$work/kubeconfig
  local options=(--data "$work/cluster" --kubeconfig "$kubeconfig")
  # The folder goes with this run's; the logs in it are wanted until then.
  "$java" -Xmx64m -jar "$CLUSTER_JAR" "${options[@]}" --keep \
    >"$work/cluster.out" 2>"$work/logs/cluster.log" &
  cluster_pid=$!
  local url
  url=$(wait_for_url "the cluster" "$cluster_pid" "$work/cluster.out") ||
    fail "the cluster did not start: $(cat "$work/logs/cluster.log")"
  say "API server: $url"
}

use_foreign_cluster() {
  # A copy: the namespace is set in it, and nothing is changed in the user's.
  kubeconfig=$work/kubeconfig
  namespace=okchat-quickstart-$RANDOM
  (umask 077 && "$kubectl" --kubeconfig "$foreign_kubeconfig" config view --raw --minify --flatten >"$kubeconfig")
  k create namespace "$namespace" >/dev/null
  created_namespace=true
  "$kubectl" --kubeconfig "$kubeconfig" config set-context --current --namespace "$namespace" >/dev/null
  say "API server: $(k config view -o 'jsonpath={.clusters[0].cluster.server}'), namespace $namespace"
}

k() { "$kubectl" --kubeconfig "$kubeconfig" "$@"; }

apply_crds() {
  local file name
  for file in "$ROOT"/crds/*.yaml; do
    name=$(basename "$file" .yaml)
    if k get crd "$name" >/dev/null 2>&1; then
      say "is there already, and left as it is: CRD $name"
      continue
    fi
    k apply --server-side -f "$file" | indent
    created_crds+=("$name")
    k wait --for=condition=Established "crd/$name" --timeout=30s >/dev/null
  done
}

start_sandbox() {
  "$java" -Xmx256m -jar "$SANDBOX_JAR" --port 0 --data "$work/sandbox" --api-key "$API_KEY" \
    >"$work/sandbox.out" 2>"$work/logs/sandbox.log" &
  sandbox_pid=$!
  sandbox_url=$(wait_for_url "the sandbox" "$sandbox_pid" "$work/sandbox.out") ||
    fail "the sandbox did not start: $(cat "$work/logs/sandbox.log")"
  say "backend: $sandbox_url"
}

# A port that nobody listens on, below those that outgoing connections get.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s' "$port"
      return
    fi
  done
}

start_operator() {
  local port deadline=$((SECONDS + 60))
  port=$(free_port)
  local options=(--management-port "$port" --operator-namespace "$namespace")
  # In a cluster that is not ours, nobody else's objects are touched.
  if "$created_namespace"; then options+=(--watch-namespaces "$namespace"); fi
  KUBECONFIG=$kubeconfig "$java" -Xmx256m -XX:TieredStopAtLevel=1 -jar "$OPERATOR_JAR" \
    "${options[@]}" >"$work/logs/operator.log" 2>&1 &
  operator_pid=$!
  until call "http://127.0.0.1:$port/readyz" >/dev/null 2>&1; do
    is_alive "$operator_pid" || fail "the operator ended by itself"
    [ "$SECONDS" -lt "$deadline" ] || fail "the operator is not ready after a minute"
    sleep 0.2
  done
  say "operator: http://127.0.0.1:$port/metrics"
}

# ---------------------------------------------------------------- showing

call() { curl --noproxy '*' --silent --show-error --fail --max-time 30 "$@"; }

backend() { call -H "x-api-key: $API_KEY" "$@"; }

# One string field out of JSON on standard input, with its line breaks and quotes.
json_text() {
  local text
  text=$(tr -d '\n' | sed -nE 's/.*"'"$1"'" *: *"(([^"\\]|\\.)*)".*/\1/p' | sed 's/\\"/"/g')
  printf '%b' "$text"
}

apply_backend() {
  k apply --server-side -f - <<END | indent
apiVersion: v1
kind: Secret
metadata:
  name: okchat
stringData:
  api-key: $API_KEY
---
apiVersion: okchat.ai/v1alpha1
kind: ChatbotBackend
metadata:
  name: default
spec:
  url: $sandbox_url
  allowInsecure: true
  apiKeySecretRef: {name: okchat, key: api-key}
END
}

# All but the backend: that one would point to the real service.
apply_examples() {
  local file files=()
  for file in "$ROOT"/examples/*.yaml; do
    [ "$(basename "$file")" = chatbot-backend.yaml ] || files+=(-f "$file")
  done
  k apply --server-side "${files[@]}" | indent
}

wait_until_ready() {
  local kind
  for kind in chatbotbackends chatbots; do
    patiently "$work/wait" "$kubectl" --kubeconfig "$kubeconfig" \
      wait --for=condition=Ready "$kind" --all --timeout="$READY_LIMIT" ||
      fail "not everything became Ready within $READY_LIMIT"
  done
  ready=true
  k get chatbots -o wide | indent
}

# What is not Ready, the logs, and once more the error, which else would be far above.
show_what_went_wrong() {
  local kind name status
  for kind in chatbotbackend chatbot; do
    k get "$kind" -o 'jsonpath={range .items[*]}{.metadata.name}{" "}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' 2>/dev/null |
      while read -r name status; do
        [ "$status" = True ] || { printf '\n' && k describe "$kind" "$name"; }
      done
  done
  show_logs
  printf '\nerror: %s\n' "$failure"
}

bot_id() { k get chatbot "$SHOWN_BOT" -o 'jsonpath={.status.id}'; }

prompt_in_backend() { backend "$sandbox_url/api/external/chatbot/$1" | json_text prompt; }

show_an_edit() {
  local id before start millis deadline=$((SECONDS + 60))
  id=$(bot_id)
  before=$(prompt_in_backend "$id")
  say "the backend has now:"
  printf '%s\n' "$before" | sed 's/^/        | /'
  say "\$ kubectl patch chatbot $SHOWN_BOT --type merge --patch '{\"spec\": {\"prompt\": ...}}'"
  start=$(now)
  k patch chatbot "$SHOWN_BOT" --type merge --patch "{\"spec\": {\"prompt\": \"$NEW_PROMPT\"}}" >/dev/null
  until [ "$(prompt_in_backend "$id")" = "$NEW_PROMPT" ]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "the edit did not reach the backend in a minute"
    sleep 0.05
  done
  millis=$(($(now) - start))
  say "the backend has after $((millis / 1000)).$(printf '%03d' $((millis % 1000))) seconds:"
  printf '%s\n' "$NEW_PROMPT" | sed 's/^/        | /'
}

ask_a_question() {
  local answer
  say "question: $QUESTION"
  answer=$(backend -X POST -H 'content-type: application/json' \
    --data "{\"messages\": [{\"role\": \"user\", \"content\": \"$QUESTION\"}], \"platform\": \"web\", \"sessionToken\": \"quickstart\"}" \
    "$sandbox_url/api/external/chatbot/$(bot_id)/chat?stream=false" | json_text output)
  [ -n "$answer" ] || fail "the bot gave no answer"
  printf 'answer: %s\n' "$answer" | indent
}

show_how_to_go_on() {
  printf '\nGo on by hand, in another terminal:\n\n'
  say "export KUBECONFIG=$kubeconfig"
  command -v kubectl >/dev/null || say "export PATH=$(dirname "$kubectl"):\$PATH"
  indent <<END
kubectl get chatbots -o wide
kubectl describe chatbot $SHOWN_BOT
kubectl edit chatbot $SHOWN_BOT
kubectl get events
kubectl delete chatbot sales
END
  printf '\nThe backend is %s, its key %s:\n\n' "$sandbox_url" "$API_KEY"
  indent <<END
curl -H 'x-api-key: $API_KEY' $sandbox_url/api/external/chatbots
curl $sandbox_url/sandbox/journal
END
  printf '\nLogs: %s\n' "$work/logs"
}

stay_up() {
  printf '\nEverything is Ready. It stays up until Ctrl-C.\n'
  while :; do
    is_alive "$operator_pid" || fail "the operator ended by itself"
    is_alive "$sandbox_pid" || fail "the sandbox ended by itself"
    [ -n "$foreign_kubeconfig" ] || is_alive "$cluster_pid" || fail "the cluster ended by itself"
    sleep 0.5
  done
}

main() {
  parse "$@"
  work=$(mktemp -d "${TMPDIR:-/tmp}/okchat-quickstart.XXXXXX")
  trap finish EXIT
  trap interrupted INT TERM HUP
  mkdir "$work/logs"

  step "Looking for a JDK 25, and building the project"
  command -v curl >/dev/null || fail "there is no curl: install it"
  find_jdk
  build

  step "Looking for a Kubernetes API server (the first time it is downloaded or built)"
  find_binaries

  step "Starting the cluster"
  if [ -n "$foreign_kubeconfig" ]; then use_foreign_cluster; else start_cluster; fi
  apply_crds

  step "Starting the sandbox backend"
  start_sandbox

  step "Starting the operator"
  start_operator

  step "Applying a backend and the manifests of examples/"
  apply_backend
  apply_examples

  step "Waiting until everything is Ready"
  wait_until_ready

  step "Editing the prompt of $SHOWN_BOT"
  show_an_edit

  step "Asking $SHOWN_BOT a question"
  ask_a_question

  if "$once"; then
    printf '\nEverything became Ready, in %s.\n' "$(elapsed)"
  else
    show_how_to_go_on
    stay_up
  fi
}

main "$@"
