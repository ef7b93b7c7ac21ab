# shellcheck shell=bash disable=SC2034,SC2154
# Stops the programs and removes the data at the end. Sourced by parts.sh, which sets the variables.

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
  stop "$git_pid"
  stop "$sandbox_pid"
  stop "$cluster_pid"
  if "$keep"; then show_what_is_kept; else rm -rf "$work"; fi
  exit "$code"
}

interrupted() {
  # After everything has been shown, Ctrl-C is the normal end.
  if "$ready" && ! "$once"; then exit 0; fi
  exit 130
}

show_what_is_kept() {
  printf '\nKept: %s\n' "$work"
  [ -z "$foreign_kubeconfig" ] || return 0
  cat <<END
To continue with it:
  $java -jar $CLUSTER_JAR --data $work/cluster --keep
  $java -jar $SANDBOX_JAR --data $work/sandbox --api-key $API_KEY --port ${sandbox_url##*:}
  KUBECONFIG=$work/cluster/kubeconfig $java -jar $OPERATOR_JAR
END
}

# The operator still runs: it deletes the bots of the backend and then removes the finalizers.
remove_what_was_created() {
  local kind crd left=0
  if "$created_namespace"; then
    for kind in knowledgesources chatbots chatbotbackends; do
      delete_all "$kind" || left=1
    done
    k delete namespace "$namespace" --ignore-not-found --wait --timeout=60s >/dev/null || left=1
  fi
  for crd in ${created_crds[@]+"${created_crds[@]}"}; do
    if [ -n "$(k get "$crd" --all-namespaces -o name 2>/dev/null)" ]; then
      printf 'Not removed, since objects of it exist: CRD %s\n' "$crd"
    else
      k delete crd "$crd" --ignore-not-found --wait --timeout=60s >/dev/null || left=1
    fi
  done
  [ "$left" -eq 0 ] || printf 'Not everything could be removed: see above.\n' >&2
  return "$left"
}

# An operator that failed cannot remove its finalizers. The backend ends with this run, so no data
# is lost if this script removes them.
delete_all() {
  local kind=$1 name limit=60s
  [ -n "$(kn get "$kind" -o name 2>/dev/null)" ] || return 0
  is_alive "$operator_pid" || limit=1s
  kn delete "$kind" --all --wait --timeout="$limit" >/dev/null 2>&1 && return
  for name in $(kn get "$kind" -o name); do
    printf 'The operator did not remove the finalizer of %s; removed it\n' "$name"
    kn patch "$name" --type merge --patch '{"metadata": {"finalizers": null}}' >/dev/null
  done
  [ -z "$(kn get "$kind" -o name)" ]
}

# Runs kubectl with the explicit namespace of this run.
kn() { k --namespace "$namespace" "$@"; }

# Shows the objects that are not Ready, the logs, and the error again, which is far above.
show_what_went_wrong() {
  local kind name status
  for kind in chatbotbackend chatbot knowledgesource; do
    k get "$kind" -o 'jsonpath={range .items[*]}{.metadata.name}{" "}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' 2>/dev/null |
      while read -r name status; do
        [ "$status" = True ] || { printf '\n' && k describe "$kind" "$name"; }
      done
  done
  show_logs
  printf '\nerror: %s\n' "$failure"
}

# Shows the last lines of each log, without the info lines of the API server.
show_logs() {
  local log
  for log in "$work"/cluster/logs/kube-apiserver.log "$work"/logs/{cluster,sandbox,operator}.log; do
    [ -s "$log" ] || continue
    printf '\n--- the end of %s\n' "$log"
    { grep -Ev '^I[0-9]{4} ' "$log" || true; } | tail -n 30
  done
}
