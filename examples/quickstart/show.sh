# shellcheck shell=bash disable=SC2034,SC2154
# Shows the actions of the operator, step by step. Sourced by parts.sh, which sets the variables.

call() { curl --noproxy '*' --silent --show-error --fail --max-time 30 "$@"; }

backend() { call -H "x-api-key: $API_KEY" "$@"; }

# Prints one string field of the JSON on standard input, with its line breaks and quotes.
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

# Applies all examples but the backend, which has the URL of the real service, and the documents,
# which come later.
apply_examples() {
  local file files=()
  for file in "$ROOT"/examples/chatbot*.yaml; do
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
  k get chatbots -o wide | indent
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

# Usage: answer_to QUESTION, which contains no quotes
answer_to() {
  backend -X POST -H 'content-type: application/json' \
    --data "{\"messages\": [{\"role\": \"user\", \"content\": \"$1\"}], \"platform\": \"web\", \"sessionToken\": \"quickstart\"}" \
    "$sandbox_url/api/external/chatbot/$(bot_id)/chat?stream=false" | json_text output
}

ask() {
  local answer
  say "question: $1"
  answer=$(answer_to "$1")
  [ -n "$answer" ] || fail "the bot gave no answer"
  printf 'answer: %s\n' "$answer" | indent
}

show_plugin() {
  say "\$ kubectl okchat ask $SHOWN_BOT '$QUESTION'"
  KUBECONFIG=$kubeconfig "$java" -jar "$PLUGIN_JAR" ask "$SHOWN_BOT" "$QUESTION" --namespace "$namespace" \
    2>"$work/logs/plugin.log" | indent || fail "kubectl okchat failed: $(cat "$work/logs/plugin.log")"
}

show_how_to_go_on() {
  printf '\nCommands to try in another terminal:\n\n'
  say "export KUBECONFIG=$kubeconfig"
  command -v kubectl >/dev/null || say "export PATH=$(dirname "$kubectl"):\$PATH"
  indent <<END
kubectl get chatbots -o wide
kubectl describe chatbot $SHOWN_BOT
kubectl edit chatbot $SHOWN_BOT
kubectl get events
kubectl delete chatbot sales
END
  printf '\nTo install the plugin kubectl okchat: operator/cli/build-plugin.sh --install DIR\n'
  printf '\nThe bots for visitors: %s, with the key %s\n' "$sandbox_url" "$API_KEY"
  printf '\nRequests to the backend:\n\n'
  indent <<END
curl -H 'x-api-key: $API_KEY' $sandbox_url/api/external/chatbots
curl $sandbox_url/sandbox/journal
END
  printf '\nLogs: %s\n' "$work/logs"
}

stay_up() {
  printf '\nEverything is Ready. Press Ctrl-C to stop.\n'
  while :; do
    is_alive "$operator_pid" || fail "the operator ended by itself"
    [ -z "$git_pid" ] || is_alive "$git_pid" || fail "the server of the git repository ended by itself"
    is_alive "$sandbox_pid" || fail "the sandbox ended by itself"
    [ -n "$foreign_kubeconfig" ] || is_alive "$cluster_pid" || fail "the cluster ended by itself"
    sleep 0.5
  done
}
