# shellcheck shell=bash disable=SC2034,SC2154
# Prints messages for the user. Sourced by parts.sh, which sets the variables.

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

# Prints milliseconds since a time in the past; whole seconds if bash is older than 5.
now() {
  local micros=${EPOCHREALTIME:-}
  if [ -n "$micros" ]; then
    micros=${micros/[.,]/}
    printf '%s' $((micros / 1000))
  else
    printf '%s' $((SECONDS * 1000))
  fi
}

indent() { sed 's/^/      /'; }

fail() {
  failure=$*
  printf '\nerror: %s\n' "$failure" >&2
  exit 1
}
