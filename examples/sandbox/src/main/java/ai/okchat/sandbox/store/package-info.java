/** Stores the data that survives a restart, in one SQLite file. */
@NullMarked
package ai.okchat.sandbox.store;

import org.jspecify.annotations.NullMarked;
