/** Tests of the images that the build makes, as files. */
@NullMarked
package ai.okchat.operator.image;

import org.jspecify.annotations.NullMarked;
