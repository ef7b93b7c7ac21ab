/**
 * The kinds of group {@code okchat.ai}, version {@code v1alpha1}.
 *
 * <p>The build generates the CRDs from these types, with their rules, defaults and descriptions.
 * The API server validates all fields, so that Java does not validate them again. A field that a
 * spec omits is null here and not managed.
 */
@NullMarked
package ai.okchat.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
