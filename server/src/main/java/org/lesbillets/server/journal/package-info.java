/**
 * The durable, ordered log of events: the contract of a journal, what its implementations share,
 * and one in memory.
 */
package org.lesbillets.server.journal;
