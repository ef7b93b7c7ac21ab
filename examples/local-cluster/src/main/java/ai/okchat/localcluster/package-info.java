/** A real etcd and kube-apiserver on one machine, for tests and the quickstart. */
@NullMarked
package ai.okchat.localcluster;

import org.jspecify.annotations.NullMarked;
