/**
 * Programs that measure a running server from outside, for {@code scripts/bench}. They speak the
 * wire with plain sockets, so that what is measured is the server.
 */
package org.lesbillets.bench;
