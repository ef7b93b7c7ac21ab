/** Tests that the documentation names existing things and shows valid examples. */
@NullMarked
package ai.okchat.operator.docs;

import org.jspecify.annotations.NullMarked;
