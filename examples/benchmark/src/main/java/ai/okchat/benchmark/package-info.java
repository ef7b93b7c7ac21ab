/** How fast the operator is, and how fast it could be: each figure beside a bare client's. */
@NullMarked
package ai.okchat.benchmark;

import org.jspecify.annotations.NullMarked;
