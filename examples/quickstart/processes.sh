# shellcheck shell=bash disable=SC2034,SC2154
# Runs and stops programs. Sourced by parts.sh, which sets the variables.

is_alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

# Sends SIGTERM to a process, and kills it if it has not ended after ten seconds.
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

# Runs a command in the background and waits for it, so that bash handles a signal at once.
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

# Runs Maven, or a similar command, with its output in a log, and prints the progress every 15 seconds.
# Usage: run_quietly WHAT LOG COMMAND...
run_quietly() {
  local what=$1 log=$2 start=$SECONDS reported=0 code=0
  shift 2
  "$@" >"$log" 2>&1 &
  other_pid=$!
  while is_alive "$other_pid"; do
    if [ -t 1 ]; then
      printf '\r      %s%s %ds\033[K' "$what" "$(modules_so_far "$log")" $((SECONDS - start))
    elif [ $((SECONDS - start - reported)) -ge 15 ]; then
      reported=$((SECONDS - start))
      say "$what$(modules_so_far "$log") ... ${reported}s"
    fi
    sleep 0.5
  done
  [ ! -t 1 ] || printf '\r\033[K'
  wait "$other_pid" || code=$?
  other_pid=
  return "$code"
}

# Waits for the line "listening on URL" of a program, and prints the URL.
# Usage: wait_for_url PID OUTPUT
wait_for_url() {
  local url deadline=$((SECONDS + 120))
  while is_alive "$1" && [ "$SECONDS" -lt "$deadline" ]; do
    url=$(sed -nE 's/^listening on (.*)$/\1/p' "$2" 2>/dev/null || true)
    if [ -n "$url" ]; then
      printf '%s' "$url"
      return
    fi
    sleep 0.1
  done
  return 1
}

# Prints a free port, below the range of outgoing connections.
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
