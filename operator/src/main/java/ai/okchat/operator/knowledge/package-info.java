/** Reconciles KnowledgeSources: uploads documents of Git, ConfigMaps and the web to a bot. */
@NullMarked
package ai.okchat.operator.knowledge;

import org.jspecify.annotations.NullMarked;
