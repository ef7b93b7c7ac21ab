/** Shared parts of the tests on the real API server: one cluster, and a fixture for each test. */
@NullMarked
package ai.okchat.operator.testing;

import org.jspecify.annotations.NullMarked;
