# shellcheck shell=bash disable=SC2034,SC2154
# Finds helm, installs the release, and starts the operator with the identity of its Pod. Part of
# ../install.sh and ../upgrade.sh, which set the variables.

find_helm() {
  patiently "$work/helm" "$java" -jar "$CLUSTER_JAR" helm || fail "helm is required to install the chart"
  helm=$(cat "$work/helm")
  say "helm: $helm"
}

# Prints the values of this run. A Pod that cannot run needs no image.
values() {
  cat <<END
defaultBackend:
  create: true
  url: $sandbox_url
  allowInsecure: true
  apiKeySecretRef: {name: okchat, key: api-key}
managementPort: $(free_port)
log: {format: text}
END
  if "$namespaced"; then printf 'scope: namespaced\ncrds: {install: false}\n'; fi
}

install_chart() {
  values >"$work/values.yaml"
  if "$namespaced"; then
    say "As a cluster administrator, install the CRDs"
    local file
    for file in "$ROOT"/crds/*.yaml; do
      k apply --server-side -f "$file" | indent
      k wait --for=condition=Established "crd/$(basename "$file" .yaml)" --timeout=30s >/dev/null
    done
  fi
  k create namespace "$namespace" | indent
  kn create secret generic okchat --from-literal=api-key="$API_KEY" | indent
  say "\$ helm install $RELEASE helm/okchat-operator --namespace $namespace --values ..."
  "$helm" --kubeconfig "$kubeconfig" install "$RELEASE" "$CHART" --namespace "$namespace" \
    --values "$work/values.yaml" | indent
  # Reads the object from the API server, not from the output of helm.
  kn get deployment "$RELEASE" -o name >/dev/null || fail "the chart made no Deployment $RELEASE"
}

# Writes a kubeconfig with only a token of the ServiceAccount, like that of a Pod.
service_account_kubeconfig() {
  local account=$1 token
  token=$(kn create token "$account" --duration 1h)
  local file=$work/operator.kubeconfig
  (umask 077 && k config view --raw --minify --flatten >"$file")
  "$kubectl" --kubeconfig "$file" config unset users >/dev/null
  "$kubectl" --kubeconfig "$file" config set-credentials operator --token "$token" >/dev/null
  "$kubectl" --kubeconfig "$file" config set-context --current --user operator >/dev/null
}

# Prints the environment of the operator's container, one NAME=VALUE per line.
deployment_environment() {
  kn get deployment "$RELEASE" -o \
    'jsonpath={range .spec.template.spec.containers[0].env[*]}{.name}={.value}{"\n"}{end}' |
    sed "s/^OPERATOR_NAMESPACE=\$/OPERATOR_NAMESPACE=$namespace/"
}

# Usage: start_installed_operator [JAR]
start_installed_operator() {
  local jar=${1:-$OPERATOR_JAR} account line port deadline=$((SECONDS + 60)) environment=()
  account=$(kn get deployment "$RELEASE" -o 'jsonpath={.spec.template.spec.serviceAccountName}')
  service_account_kubeconfig "$account"
  while IFS= read -r line; do environment+=("$line"); done < <(deployment_environment)
  printf '%s\n' "${environment[@]}" | indent
  port=$(printf '%s\n' "${environment[@]}" | sed -n 's/^MANAGEMENT_PORT=//p')
  env "${environment[@]}" KUBECONFIG="$work/operator.kubeconfig" \
    "$java" "@$ROOT/operator/src/main/image/app/jvm.options" -Xmx256m -jar "$jar" >>"$work/logs/operator.log" 2>&1 &
  operator_pid=$!
  until call "http://127.0.0.1:$port/readyz" >/dev/null 2>&1; do
    is_alive "$operator_pid" || fail "the operator ended by itself"
    [ "$SECONDS" -lt "$deadline" ] || fail "the operator is not ready after a minute"
    sleep 0.2
  done
  say "acts as: $("$kubectl" --kubeconfig "$work/operator.kubeconfig" auth whoami -o 'jsonpath={.status.userInfo.username}')"
}

apply_hello() {
  kn apply --server-side -f - <<END | indent
apiVersion: okchat.ai/v1alpha1
kind: Chatbot
metadata: {name: $SHOWN_BOT}
spec:
  name: Hello
  prompt: You greet people.
END
}

wait_for_hello() {
  patiently "$work/wait" "$kubectl" --kubeconfig "$kubeconfig" --namespace "$namespace" \
    wait --for=condition=Ready "chatbot/$SHOWN_BOT" --timeout="$READY_LIMIT" ||
    fail "the Chatbot did not become Ready within $READY_LIMIT"
  ready=true
  kn get chatbotbackends,chatbots | indent
}

# Prints yes or no: the decision of the API server for the ServiceAccount of the operator.
may() {
  "$kubectl" --kubeconfig "$work/operator.kubeconfig" auth can-i "$@" 2>/dev/null || true
}

show_rights() {
  say "read Secrets of $namespace: $(may get secrets --namespace "$namespace")"
  say "read Secrets of kube-system: $(may get secrets --namespace kube-system)"
  say "delete Chatbots: $(may delete chatbots.okchat.ai --namespace "$namespace")"
  say "write Secrets: $(may create secrets --namespace "$namespace")"
  if "$namespaced"; then
    [ -z "$(k get clusterroles,clusterrolebindings -l "app.kubernetes.io/instance=$RELEASE" -o name)" ] ||
      fail "the namespaced install made something cluster-wide"
    [ "$(may get secrets --namespace kube-system)" = no ] ||
      fail "the namespaced operator may read what is not in its namespace"
    say "ClusterRoles of this release: none"
  fi
}
