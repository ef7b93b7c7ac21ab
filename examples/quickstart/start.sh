# shellcheck shell=bash disable=SC2034,SC2154
# Starts the cluster, the sandbox and the operator. Sourced by parts.sh, which sets the variables.

k() { "$kubectl" --kubeconfig "$kubeconfig" "$@"; }

start_cluster() {
  kubeconfig=$work/kubeconfig
  local options=(--data "$work/cluster" --kubeconfig "$kubeconfig")
  # This script deletes the folder at the end; until then it needs the logs in it.
  "$java" -Xmx64m -jar "$CLUSTER_JAR" "${options[@]}" --keep \
    >"$work/cluster.out" 2>"$work/logs/cluster.log" &
  cluster_pid=$!
  local url
  url=$(wait_for_url "$cluster_pid" "$work/cluster.out") || fail "the cluster did not start"
  say "API server: $url"
}

use_foreign_cluster() {
  # A copy with a new namespace: the file of the user stays unchanged, and later commands cannot
  # change the namespace of the user by mistake.
  local copy=$work/kubeconfig
  namespace=okchat-quickstart-$RANDOM$RANDOM
  (umask 077 && "$kubectl" --kubeconfig "$foreign_kubeconfig" config view --raw --minify --flatten >"$copy")
  "$kubectl" --kubeconfig "$copy" config set-context --current --namespace "$namespace" >/dev/null
  kubeconfig=$copy
  # Recorded before the create, since a signal may come in between.
  created_namespace=true
  if ! k create namespace "$namespace" >/dev/null; then
    created_namespace=false
    fail "the namespace $namespace could not be created"
  fi
  say "API server: $(k config view -o 'jsonpath={.clusters[0].cluster.server}'), namespace $namespace"
}

apply_crds() {
  local file name
  for file in "$ROOT"/crds/*.yaml; do
    name=$(basename "$file" .yaml)
    if k get crd "$name" >/dev/null 2>&1; then
      say "exists already, not changed: CRD $name"
      continue
    fi
    created_crds+=("$name")
    k apply --server-side -f "$file" | indent
    k wait --for=condition=Established "crd/$name" --timeout=30s >/dev/null
  done
}

start_sandbox() {
  "$java" -Xmx256m -jar "$SANDBOX_JAR" --port 0 --data "$work/sandbox" --api-key "$API_KEY" \
    >"$work/sandbox.out" 2>"$work/logs/sandbox.log" &
  sandbox_pid=$!
  sandbox_url=$(wait_for_url "$sandbox_pid" "$work/sandbox.out") || fail "the sandbox did not start"
  say "backend: $sandbox_url"
}

start_operator() {
  local port deadline=$((SECONDS + 60))
  port=$(free_port)
  local options=(--management-port "$port" --operator-namespace "$namespace")
  # The git repository of the documents is on this machine.
  options+=(--fetch-allow-cidrs 127.0.0.0/8)
  # In the cluster of the user, the operator changes only objects of its namespace.
  if "$created_namespace"; then options+=(--watch-namespaces "$namespace"); fi
  KUBECONFIG=$kubeconfig "$java" "@$ROOT/operator/src/main/image/app/jvm.options" -Xmx256m -jar "$OPERATOR_JAR" \
    "${options[@]}" >"$work/logs/operator.log" 2>&1 &
  operator_pid=$!
  until call "http://127.0.0.1:$port/readyz" >/dev/null 2>&1; do
    is_alive "$operator_pid" || fail "the operator ended by itself"
    [ "$SECONDS" -lt "$deadline" ] || fail "the operator is not ready after a minute"
    sleep 0.2
  done
  say "operator: http://127.0.0.1:$port/metrics"
}
