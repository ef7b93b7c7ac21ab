/** ChatbotBackend: accounts, their inventories and budgets, and the objects that name them. */
@NullMarked
package ai.okchat.operator.backend;

import org.jspecify.annotations.NullMarked;
