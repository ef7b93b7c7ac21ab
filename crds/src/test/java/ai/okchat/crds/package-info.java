/** Generation of the committed CRDs and of the field reference, and the tests of both. */
@NullMarked
package ai.okchat.crds;

import org.jspecify.annotations.NullMarked;
