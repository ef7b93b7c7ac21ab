/** How the committed CRDs and the field reference come about, and the tests that hold them. */
@NullMarked
package ai.okchat.crds;

import org.jspecify.annotations.NullMarked;
