# shellcheck shell=bash disable=SC2034,SC2154
# The training run of the cache. Part of ../train-aot.sh, which sets the variables.

# Prints the command, one argument per line. The jar has its absolute path: a cache for `-jar
# okchat-operator.jar` does not fit the same jar with a longer path. Files below /app in an image may
# be below another folder here.
trained_command() {
  if [ -z "$image" ]; then
    printf '%s\n' "$java" "@$JVM_OPTIONS" "-XX:AOTCacheOutput=$output" -jar "$OPERATOR_JAR"
    return
  fi
  printf '%s\n' "$image/opt/java/openjdk/bin/java" "@$image/app/jvm.options" \
    "-XX:AOTCacheOutput=$output" -cp "$(sed "s#/app/#$image/app/#g" "$image/app/jib-classpath-file")" \
    "$(cat "$image/app/jib-main-class-file")"
}

start_trained_operator() {
  local port deadline=$((SECONDS + 120))
  port=$(free_port)
  rm -f "$output"
  local command=()
  while IFS= read -r argument; do command+=("$argument"); done < <(trained_command)
  KUBECONFIG=$kubeconfig "${command[@]}" --management-port "$port" --operator-namespace "$namespace" \
    --leader-election --log-format json >"$work/logs/operator.log" 2>&1 &
  operator_pid=$!
  management=http://127.0.0.1:$port
  until call "$management/readyz" >/dev/null 2>&1; do
    is_alive "$operator_pid" || fail "the operator ended by itself"
    [ "$SECONDS" -lt "$deadline" ] || fail "the operator is not ready after two minutes"
    sleep 0.2
  done
}

# Usage: wait_ready KIND...
wait_ready() {
  local kind
  for kind in "$@"; do
    patiently "$work/wait" "$kubectl" --kubeconfig "$kubeconfig" --namespace "$namespace" \
      wait --for=condition=Ready "$kind" --all --timeout="$READY_LIMIT" ||
      fail "not Ready within $READY_LIMIT: $kind"
  done
}

chatbots() {
  local number
  for number in $(seq "$1"); do
    cat <<YAML
---
apiVersion: okchat.ai/v1alpha1
kind: Chatbot
metadata: {name: bot-$number}
spec:
  name: Bot $number
  description: One of those that the cache is made from
  prompt: $2
  greeting: Hello
  personality: {style: Friendly, tone: Professional}
  snippet: {header: Hello, primaryColor: "#336699"}
YAML
  done
}

training_backend() {
  cat <<YAML
apiVersion: v1
kind: Secret
metadata: {name: okchat}
stringData: {api-key: $API_KEY}
---
apiVersion: okchat.ai/v1alpha1
kind: ChatbotBackend
metadata: {name: default}
spec:
  url: $sandbox_url
  allowInsecure: true
  apiKeySecretRef: {name: okchat, key: api-key}
  rateLimit: {requestsPerSecond: 1000, burst: 1000}
YAML
}

knowledge() {
  cat <<YAML
apiVersion: v1
kind: ConfigMap
metadata: {name: handbook}
data:
  hours.md: We are open from nine to five.
  returns.md: Send it back within 30 days.
---
apiVersion: okchat.ai/v1alpha1
kind: KnowledgeSource
metadata: {name: texts}
spec:
  chatbotRef: {name: bot-1}
  documents:
    - name: opening-hours
      text: We are open from nine to five.
---
apiVersion: okchat.ai/v1alpha1
kind: KnowledgeSource
metadata: {name: questions}
spec:
  chatbotRef: {name: bot-2}
  faq:
    - question: When are you open?
      answer: From nine to five.
---
apiVersion: okchat.ai/v1alpha1
kind: KnowledgeSource
metadata: {name: handbook}
spec:
  chatbotRef: {name: bot-3}
  configMap: {name: handbook}
YAML
}

run_workload() {
  training_backend | kn apply --server-side -f - >/dev/null
  chatbots 100 "You answer in one sentence." | kn apply --server-side -f - >/dev/null
  knowledge | kn apply --server-side -f - >/dev/null
  wait_ready chatbotbackends chatbots knowledgesources
  say "created: $(kn get chatbots,knowledgesources -o name | wc -l | tr -d ' ') objects"
  chatbots 50 "You answer in rhyme." | kn apply --server-side -f - >/dev/null
  wait_ready chatbots
  say "edited: 50 of them"
  call "$management/metrics" >/dev/null
  kn delete knowledgesources,chatbots --all --wait --timeout="$READY_LIMIT" >/dev/null
  say "deleted: all of them"
}

# Stops the operator, which writes the cache on SIGTERM within some seconds.
stop_and_write() {
  local i=0
  kill -TERM "$operator_pid"
  while is_alive "$operator_pid" && [ "$i" -lt 1200 ]; do
    sleep 0.1
    i=$((i + 1))
  done
  is_alive "$operator_pid" && fail "the operator did not end within two minutes"
  [ -f "$output" ] || fail "no cache was written"
  ready=true
}
