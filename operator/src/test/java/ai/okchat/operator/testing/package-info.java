/** What the tests on the real API server share: one cluster, and a world for each test. */
@NullMarked
package ai.okchat.operator.testing;

import org.jspecify.annotations.NullMarked;
