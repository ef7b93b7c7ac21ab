# shellcheck shell=bash disable=SC2034
# What quickstart.sh, install.sh and train-aot.sh have in common: each sets ROOT, sources this, and
# then sets what is otherwise with it.

readonly CLUSTER_JAR=$ROOT/examples/local-cluster/target/okchat-local-cluster.jar
readonly SANDBOX_JAR=$ROOT/examples/sandbox/target/okchat-sandbox.jar
readonly OPERATOR_JAR=$ROOT/operator/target/okchat-operator.jar
readonly BUILT=$ROOT/target/quickstart-built

once=false
keep=false
foreign_kubeconfig=
work=            # everything that this run writes
java=            # of the JDK 25
kubectl=
kubeconfig=      # of the administrator
namespace=default
cluster_pid=
sandbox_pid=
operator_pid=
git_pid=         # serves a repository; of the quickstart only
other_pid=       # a build, or whatever else runs for a while
sandbox_url=
step_number=0
ready=false      # what the run is for was reached
failure=         # what went wrong, in words

# shellcheck source=terminal.sh
. "$ROOT/examples/quickstart/terminal.sh"
# shellcheck source=processes.sh
. "$ROOT/examples/quickstart/processes.sh"
# shellcheck source=build.sh
. "$ROOT/examples/quickstart/build.sh"
# shellcheck source=start.sh
. "$ROOT/examples/quickstart/start.sh"
# shellcheck source=show.sh
. "$ROOT/examples/quickstart/show.sh"
# shellcheck source=end.sh
. "$ROOT/examples/quickstart/end.sh"
