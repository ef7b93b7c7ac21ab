#!/usr/bin/env bash
# Tests the project on each supported version of Kubernetes and Helm: see usage below.
set -euo pipefail

usage() {
  cat <<'END'
Usage: examples/supported-versions.sh [--kubernetes MINOR]... [--helm MAJOR]... [--write | --build]

Builds the API servers and Helm from the Go module proxy, and runs on each combination:

  CRDs        every rule of the schemas, and an upgrade and a rollback with stored objects
  chart       install, upgrade, rollback and uninstall with helm, every combination of values,
              and an install from a registry
  rights      the operator with exactly the rights of the chart, and no request is rejected
  policies    the admission policies of the chart
  install     examples/install.sh
  quickstart  examples/quickstart.sh

It prints the table of operator/docs/supported-versions.md: the number of tests, or "failed".

  --kubernetes MINOR  only this version, for example 1.35; can be repeated
  --helm MAJOR        only this version, for example 4; can be repeated
  --write             write the table to the page
  --build             only build the programs
  --help              show this text

Needs Linux, a JDK 25, Maven, curl, git and Go. The first run takes about an hour on two cores, a later one half an hour.
kubectl, etcd and the controllers are those of examples/local-cluster in each run.
The files examples/supported-versions/*/go.mod pin the versions and hashes. To support another version, copy a folder, change
the versions in its go.mod, run `go mod tidy` there, and add it to the lists in this script.
END
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT
readonly STEPS=2
readonly PAGE=$ROOT/operator/docs/supported-versions.md
readonly MODULES=$ROOT/examples/supported-versions
readonly STORE=${KUBE_API_TEST_DIR:-$HOME/.kubeapitest}
readonly CONSOLE=$ROOT/target/junit-platform-console-standalone.jar
readonly CLASS_PATH=$ROOT/target/supported-versions.classpath
# The version of examples/local-cluster, which all other tests use, and its Helm.
readonly USUAL_KUBERNETES=1.35 USUAL_HELM=3

# shellcheck source=quickstart/parts.sh
. "$ROOT/examples/quickstart/parts.sh"

kubernetes=()
helms=()
write=false
only_build=false
suffix=      # of the folders in the store, such as -linux-amd64
failed=false

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --kubernetes) kubernetes+=("${2:?--kubernetes needs a version}") && shift ;;
      --helm) helms+=("${2:?--helm needs a version}") && shift ;;
      --write) write=true ;;
      --build) only_build=true ;;
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
  [ "${#kubernetes[@]}" -gt 0 ] || kubernetes=(1.32 "$USUAL_KUBERNETES" 1.37)
  [ "${#helms[@]}" -gt 0 ] || helms=("$USUAL_HELM" 4)
}

# Usage: go_build MODULE PACKAGE FILE FLAG_FOR_THE_LINKER...
go_build() {
  local module=$1 package=$2 file=$3
  shift 3
  [ ! -x "$file" ] || return 0
  say "building $(basename "$file") of $module with Go"
  mkdir -p "$(dirname "$file")"
  (cd "$MODULES/$module" && CGO_ENABLED=0 GOWORK=off go build -mod=readonly -trimpath -ldflags "-s -w $*" \
    -o "$file.new" "$package") || fail "$package cannot be built"
  mv "$file.new" "$file"
}

pinned() { sed -nE "s|^require $2 v||p" "$MODULES/$1/go.mod"; }

# Prints the folder of the API server of a minor version.
api_server() {
  if [ "$1" = "$USUAL_KUBERNETES" ]; then
    env -u KUBEBUILDER_ASSETS "$java" -jar "$CLUSTER_JAR" binaries --controller-manager
    return
  fi
  local version
  version=$(pinned "kubernetes-$1" k8s.io/kubernetes)
  echo "$STORE/k8s/$version$suffix"
}

build_api_server() {
  local minor=$1 folder usual program version=k8s.io/component-base/version
  folder=$(api_server "$minor") || fail "Kubernetes $minor is required"
  [ "$minor" != "$USUAL_KUBERNETES" ] || return 0
  go_build "kubernetes-$minor" k8s.io/kubernetes/cmd/kube-apiserver "$folder/kube-apiserver" \
    "-X $version.gitVersion=v$(pinned "kubernetes-$minor" k8s.io/kubernetes)" \
    "-X $version.gitMajor=${minor%.*} -X $version.gitMinor=${minor#*.}"
  # The other programs are those of the usual version.
  usual=$(api_server "$USUAL_KUBERNETES")
  for program in etcd kubectl kube-controller-manager; do
    cp "$usual/$program" "$folder/"
  done
}

# Prints the folder that contains only helm of a major version.
helm_folder() {
  if [ "$1" = "$USUAL_HELM" ]; then
    echo "$STORE/helm-$USUAL_HELM"
  else
    echo "$STORE/helm-$(pinned "helm-$1" "helm.sh/helm/v$1")"
  fi
}

build_helm() {
  local major=$1 folder usual
  folder=$(helm_folder "$major")
  if [ "$major" = "$USUAL_HELM" ]; then
    usual=$("$java" -jar "$CLUSTER_JAR" helm) || fail "helm is required"
    mkdir -p "$folder"
    ln -sf "$usual" "$folder/helm"
    return
  fi
  go_build "helm-$major" "helm.sh/helm/v$major/cmd/helm" "$folder/helm" \
    "-X helm.sh/helm/v$major/internal/version.version=v$(pinned "helm-$major" "helm.sh/helm/v$major")"
}

tests_are_built() {
  [ -f "$CLASS_PATH" ] && [ -z "$(cd "$ROOT" && find pom.xml crds helm operator examples -name target -prune -o \
    -type f ! -name '*.md' ! -name '*.sh' -newer "$CLASS_PATH" -print)" ]
}

# Builds everything that the tests need, and writes their class path.
build_tests() {
  if ! tests_are_built; then
    run_quietly "Maven" "$work/logs/maven.log" mvn -B -ntp -f "$ROOT/pom.xml" verify dependency:build-classpath \
      -pl operator,operator/cli -am "-Dmdep.outputFile=$CLASS_PATH" -Dtest=NONE -Dit.test=NONE \
      -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false ||
      fail "the build failed: $(tail -n 60 "$work/logs/maven.log")"
  fi
  [ -f "$CONSOLE" ] || mvn -B -q -N -f "$ROOT/pom.xml" dependency:copy -DoutputDirectory="$ROOT/target" \
    "-Dartifact=org.junit.platform:junit-platform-console-standalone:$(sed -n 's:.*<junit.version>\(.*\)</junit.version>.*:\1:p' "$ROOT/pom.xml")" \
    -Dmdep.stripVersion=true || fail "the JUnit console cannot be resolved"
}

# Prints the number of tests, or "failed".
# Usage: tests NAME CLASS...
tests() {
  local log=$work/logs/$1.log class classes=()
  shift
  for class in "$@"; do classes+=(--select-class "ai.okchat.operator.$class"); done
  if (cd "$ROOT/operator" && "$java" --enable-native-access=ALL-UNNAMED -jar "$CONSOLE" execute --disable-banner \
    --class-path "target/classes:target/test-classes:$(cat "$CLASS_PATH")" "${classes[@]}" --fail-if-no-tests) >"$log" 2>&1; then
    sed -nE 's/^\[ *([0-9]+) tests successful .*/\1 passed/p' "$log"
  else
    printf 'failed'
  fi
}

# Usage: passed NAME COMMAND...
passed() {
  local name=$1
  shift
  if "$@" >"$work/logs/$name.log" 2>&1; then printf 'passed'; else printf 'failed'; fi
}

readonly CRDS=(validation.CustomResourceValidationIT upgrade.StoredObjectsIT)
readonly CHART=(chart.ChartApiServerIT chart.ChartReleaseIT upgrade.ChartUninstallIT chart.ReleaseCandidateIT)
readonly RIGHTS=(chart.RightsIT)
readonly POLICIES=(chart.AdmissionPoliciesIT)

# Prints the row of one combination. Usage: row FOLDER_OF_THE_API_SERVER
row() {
  export KUBEBUILDER_ASSETS=$1
  local server client name
  server=$("$1/kube-apiserver" --version | sed 's/.* v//')
  client=$(helm version --template '{{.Version}}' | tr -d v)
  name=$server-helm-$client
  printf '| %s | %s | %s | %s | %s | %s | %s | %s |\n' "$server" "$client" \
    "$(tests "$name-crds" "${CRDS[@]}")" "$(tests "$name-chart" "${CHART[@]}")" \
    "$(tests "$name-rights" "${RIGHTS[@]}")" "$(tests "$name-policies" "${POLICIES[@]}")" \
    "$(passed "$name-install" "$ROOT/examples/install.sh" --once)" \
    "$(passed "$name-quickstart" "$ROOT/examples/quickstart.sh" --once)"
}

test_all() {
  local minor major line
  cat >"$work/table" <<'END'
| Kubernetes | Helm | CRDs | chart | rights | policies | install | quickstart |
|---|---|---|---|---|---|---|---|
END
  for minor in "${kubernetes[@]}"; do
    for major in "${helms[@]}"; do
      say "testing Kubernetes $minor with Helm $major"
      line=$(export PATH="$(helm_folder "$major"):$PATH" && row "$(api_server "$minor")")
      say "$line"
      printf '%s\n' "$line" >>"$work/table"
      [[ $line != *failed* ]] || failed=true
    done
  done
}

# Replaces the table of the page.
write_page() {
  awk -v table="$work/table" '
    /^\|/ { if (!done) { while ((getline line < table) > 0) print line; done = 1 } next }
    { print }' "$PAGE" >"$work/page"
  cp "$work/page" "$PAGE"
}

main() {
  parse "$@"
  work=$(mktemp -d "${TMPDIR:-/tmp}/okchat-supported-versions.XXXXXX")
  mkdir "$work/logs"
  find_jdk

  step "Building the project and the programs (the first run takes most of an hour)"
  build_tests
  suffix=$(basename "$(api_server "$USUAL_KUBERNETES")" | sed 's/^[0-9.]*//')
  local version
  for version in "${kubernetes[@]}"; do build_api_server "$version"; done
  for version in "${helms[@]}"; do build_helm "$version"; done
  ! "$only_build" || return 0

  step "Testing each combination; logs: $work/logs"
  test_all
  printf '\n'
  cat "$work/table"
  ! "$write" || write_page
  ! "$failed" || fail "a combination failed: see $work/logs"
}

main "$@"
