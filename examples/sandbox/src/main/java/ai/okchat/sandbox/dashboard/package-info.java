/** The {@code /sandbox/} API: actions of a user in the dashboard, and test controls. */
@NullMarked
package ai.okchat.sandbox.dashboard;

import org.jspecify.annotations.NullMarked;
