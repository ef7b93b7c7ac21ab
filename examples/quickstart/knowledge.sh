# shellcheck shell=bash disable=SC2034,SC2154
# Applies documents and asks the bot about them. Part of ../quickstart.sh, which sets the variables.

readonly QUESTION='Is the shop open on Saturday?'
readonly QUESTION_FOR_GIT='How long is the warranty on a bicycle?'
readonly EDITED_CONFIGMAP=support-handbook
readonly EDITED_DOCUMENT=opening-hours.md
readonly NEW_HOURS='The shop is open on Saturday from 8 to 20.'

show_knowledge() {
  step "Applying documents of a ConfigMap, of questions and answers, and of a git repository"
  serve_git_repository
  apply_knowledge

  step "Waiting until $SHOWN_BOT has them"
  wait_for_knowledge
  k get knowledgesources -o wide | indent

  step "Asking $SHOWN_BOT questions about its documents"
  ask "$QUESTION"
  ask "$QUESTION_FOR_GIT"

  step "Editing a document"
  show_an_edited_document
}

# Serves static files with the server of the JDK, which is enough for a fetch with git.
serve_git_repository() {
  local folder=$work/git url deadline=$((SECONDS + 30))
  mkdir -p "$folder/docs/guides"
  cat >"$folder/docs/guides/warranty.md" <<'END'
# Warranty
The warranty on a bicycle is five years, and on its lamp two.
END
  git_here "$folder/docs" init --quiet
  git_here "$folder/docs" add .
  git_here "$folder/docs" commit --quiet --message "docs: the warranty"
  git_here "$folder" clone --quiet --bare docs "$folder/served/docs.git"
  git_here "$folder/served/docs.git" update-server-info
  "$java" -Xmx64m -m jdk.httpserver --bind-address 127.0.0.1 --port 0 --directory "$folder/served" \
    >"$work/logs/git.log" 2>&1 &
  git_pid=$!
  while :; do
    url=$(sed -nE 's|^URL (http://[^ ]*[^/ ])/?$|\1|p' "$work/logs/git.log" 2>/dev/null || true)
    [ -z "$url" ] || break
    is_alive "$git_pid" && [ "$SECONDS" -lt "$deadline" ] ||
      fail "the git repository cannot be served: see $work/logs/git.log"
    sleep 0.1
  done
  git_url=$url/docs.git
  say "git repository: $git_url"
}

# Runs git with a fixed identity, without the settings of the user.
git_here() {
  local folder=$1
  shift
  GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null HOME=$work \
    GIT_AUTHOR_NAME=quickstart GIT_AUTHOR_EMAIL=quickstart@example.com \
    GIT_COMMITTER_NAME=quickstart GIT_COMMITTER_EMAIL=quickstart@example.com \
    git -c init.defaultBranch=main -C "$folder" "$@" || fail "git $1 failed"
}

apply_knowledge() {
  local file files=()
  for file in "$ROOT"/examples/knowledge-*.yaml; do
    files+=(-f "$file")
  done
  k apply --server-side "${files[@]}" | indent
  k apply --server-side -f - <<END | indent
apiVersion: okchat.ai/v1alpha1
kind: KnowledgeSource
metadata:
  name: support-guides
spec:
  chatbotRef: {name: $SHOWN_BOT}
  git: {url: "$git_url", include: ["guides/**"]}
END
}

wait_for_knowledge() {
  patiently "$work/wait" "$kubectl" --kubeconfig "$kubeconfig" \
    wait --for=condition=Ready knowledgesources --all --timeout="$READY_LIMIT" ||
    fail "not every KnowledgeSource became Ready within $READY_LIMIT"
}

show_an_edited_document() {
  local start millis deadline=$((SECONDS + 60))
  say "\$ kubectl patch configmap $EDITED_CONFIGMAP --type merge --patch '{\"data\": {\"$EDITED_DOCUMENT\": ...}}'"
  start=$(now)
  k patch configmap "$EDITED_CONFIGMAP" --type merge \
    --patch "{\"data\": {\"$EDITED_DOCUMENT\": \"# Opening hours\\n$NEW_HOURS\\n\"}}" >/dev/null
  until [[ $(answer_to "$QUESTION") == *"$NEW_HOURS"* ]]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "the edited document did not reach the bot in a minute"
    sleep 0.1
  done
  millis=$(($(now) - start))
  say "after $((millis / 1000)).$(printf '%03d' $((millis % 1000))) seconds the bot answers from the new document:"
  ask "$QUESTION"
  wait_for_knowledge
}
