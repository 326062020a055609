/**
 * The rules of tickets and locks, as pure functions from a request and the ticket as it is to a
 * {@link org.lesbillets.model.rules.Decision}. The server's desk decides with them; a client asks
 * them what would be refused. Nothing here reads a clock, keeps state or performs I/O.
 */
package org.lesbillets.model.rules;
