/**
 * The plugin {@code kubectl okchat}. A command reads the cluster through {@link
 * ai.okchat.cli.ClusterClient} and the backend through the client of the OkChat API, and prints
 * through {@link ai.okchat.cli.Printer}, which shows no control character of others.
 */
@NullMarked
package ai.okchat.cli;

import org.jspecify.annotations.NullMarked;
