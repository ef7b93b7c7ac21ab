/** Namespaces that share an account, and what they must not get of each other. */
@NullMarked
package ai.okchat.operator.tenancy;

import org.jspecify.annotations.NullMarked;
