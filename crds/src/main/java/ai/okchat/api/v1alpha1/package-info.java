/**
 * The kinds of group {@code okchat.ai}, version {@code v1alpha1}.
 *
 * <p>The CRDs are generated from these types, with their rules, defaults and descriptions: the API
 * server checks what is written, so that Java does not check it again. A field that a spec leaves
 * out is null here, and null means: not managed.
 */
@NullMarked
package ai.okchat.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
