/**
 * A seeded simulation of the server and its clients on one virtual clock: one seed, one run. The
 * desk, updater, drainer, workers, sessions and frame log are the server's own; disk, network and
 * clients are models that fail as the real ones do. For {@code scripts/simulate}.
 */
package org.lesbillets.server.simulation;
