/**
 * Claims: the search for a ticket, the queue of those that wait for one, and what is offered to
 * them.
 */
package org.lesbillets.server.desk.claim;
