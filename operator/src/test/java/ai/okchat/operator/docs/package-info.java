/** What the documentation says is there, and what it shows is valid. */
@NullMarked
package ai.okchat.operator.docs;

import org.jspecify.annotations.NullMarked;
