/** Every rule of the CRDs, tried on a real API server with manifests that keep and break it. */
@NullMarked
package ai.okchat.operator.validation;

import org.jspecify.annotations.NullMarked;
