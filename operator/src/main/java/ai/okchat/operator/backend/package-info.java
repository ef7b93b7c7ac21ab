/** ChatbotBackends: accounts, their inventories and rate limits, and the objects that name them. */
@NullMarked
package ai.okchat.operator.backend;

import org.jspecify.annotations.NullMarked;
