/** What survives a restart: one SQLite file. */
@NullMarked
package ai.okchat.sandbox.store;

import org.jspecify.annotations.NullMarked;
