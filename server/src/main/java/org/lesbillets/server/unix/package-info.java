/**
 * Logins of this machine: the socket's file, who is at the other end of a connection, and what the
 * groups of the machine make of that user.
 */
package org.lesbillets.server.unix;
