/** KnowledgeSource: documents of Git, ConfigMaps and the web become what a bot answers from. */
@NullMarked
package ai.okchat.operator.knowledge;

import org.jspecify.annotations.NullMarked;
