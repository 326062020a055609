/**
 * Locks from the client's side: waiting in the FIFO wait queue of the server, renewing a lease, and
 * detecting its loss.
 */
package org.lesbillets.cli.client.lock;
