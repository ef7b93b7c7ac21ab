/** The {@code /sandbox/} API: what a person would do in the dashboard, and test controls. */
@NullMarked
package ai.okchat.sandbox.dashboard;

import org.jspecify.annotations.NullMarked;
