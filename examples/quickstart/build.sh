# shellcheck shell=bash disable=SC2034,SC2154
# Finds the JDK, builds the jars, and finds the programs of a cluster. Sourced by parts.sh, which
# sets the variables, and by other scripts, which set ROOT.

readonly CLUSTER_JAR=$ROOT/examples/local-cluster/target/okchat-local-cluster.jar
readonly SANDBOX_JAR=$ROOT/examples/sandbox/target/okchat-sandbox.jar
readonly OPERATOR_JAR=$ROOT/operator/target/okchat-operator.jar
readonly PLUGIN_JAR=$ROOT/operator/cli/target/kubectl-okchat.jar
readonly BUILT=$ROOT/target/quickstart-built

# Succeeds if a folder is a JDK (not only a JRE) of version 25 or newer.
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
      # Maven and its child processes use it too, even if the PATH has an older one.
      export JAVA_HOME=$home
      export PATH=$home/bin:$PATH
      java=$home/bin/java
      say "JDK: $home"
      return
    fi
  done
  fail "there is no JDK 25 on this machine. Install one (for instance from adoptium.net), or set
JAVA_HOME or JDK25_HOME to it. Searched JAVA_HOME, JDK25_HOME, \`java\` on the PATH, /usr/lib/jvm,
~/.sdkman, ~/.jdks and /Library/Java."
}

# Prints for example ", module 3 of 5" from the output of Maven; nothing before the first module.
modules_so_far() {
  sed -nE 's/.*\[([0-9]+)\/([0-9]+)\].*/, module \1 of \2/p' "$1" | tail -n 1
}

# Succeeds if a source file is newer than the given file.
sources_are_newer_than() {
  [ -n "$(cd "$ROOT" && find pom.xml crds operator examples/sandbox examples/local-cluster \
    -name target -prune -o -type f \( -path '*/src/main/*' -o -path '*/binaries/*' -o -name pom.xml \) \
    -newer "$1" -print)" ]
}

is_built() {
  local jar
  for jar in "$CLUSTER_JAR" "$SANDBOX_JAR" "$OPERATOR_JAR" "$PLUGIN_JAR"; do
    [ -f "$jar" ] && [ -d "$(dirname "$jar")/lib" ] || return 1
  done
  if [ -f "$BUILT" ] && ! sources_are_newer_than "$BUILT"; then return; fi
  for jar in "$CLUSTER_JAR" "$SANDBOX_JAR" "$OPERATOR_JAR" "$PLUGIN_JAR"; do
    ! sources_are_newer_than "$jar" || return 1
  done
}

# Builds without tests and the format check (exec), which `mvn verify` runs.
build() {
  if is_built; then
    say "The build is up to date"
    return
  fi
  command -v mvn >/dev/null || fail "there is no Maven: install it, so that \`mvn\` is on the PATH"
  local started=$work/build-started
  touch "$started"
  if ! run_quietly "Maven" "$work/logs/maven.log" mvn -B -ntp -f "$ROOT/pom.xml" \
    -pl operator,operator/cli,examples/sandbox,examples/local-cluster -am -Dmaven.test.skip -Dexec.skip package; then
    tail -n 60 "$work/logs/maven.log" >&2
    fail "the build failed: see above"
  fi
  # The start time of the build: the next run builds files that were edited during this one.
  mkdir -p "$(dirname "$BUILT")"
  cp -p "$started" "$BUILT"
}

# With the cluster of the user, only kubectl is needed.
find_binaries() {
  if [ -n "$foreign_kubeconfig" ] && command -v kubectl >/dev/null; then
    kubectl=$(command -v kubectl)
  else
    patiently "$work/binaries" "$java" -jar "$CLUSTER_JAR" binaries ||
      fail "a Kubernetes API server is required"
    kubectl=$(cat "$work/binaries")/kubectl
  fi
  say "kubectl: $kubectl"
}
