/**
 * Hostile load for scripts/flood: malformed inputs, wrong tokens, and a swarm of idle connections;
 * and the latencies of the clients beside it.
 */
package org.lesbillets.server.soak.flood;
