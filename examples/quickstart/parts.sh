# shellcheck shell=bash disable=SC2034
# The common parts of quickstart.sh, install.sh and train-aot.sh: each sets ROOT, sources this file,
# and then sets the variables that differ.

once=false
keep=false
foreign_kubeconfig=
work=            # folder of all files of this run
java=            # of the JDK 25
kubectl=
kubeconfig=      # of the administrator
namespace=default
cluster_pid=
sandbox_pid=
operator_pid=
git_pid=         # server of a repository; only in the quickstart
other_pid=       # a build, or another program that this script waits for
sandbox_url=
step_number=0
ready=false      # the goal of the run was reached
failure=         # message of the error

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
