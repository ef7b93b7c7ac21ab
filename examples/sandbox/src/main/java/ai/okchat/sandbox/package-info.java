/** Self-hosted OkChat backend. Start it from a test with {@code Sandbox}, or as a program. */
@NullMarked
package ai.okchat.sandbox;

import org.jspecify.annotations.NullMarked;
