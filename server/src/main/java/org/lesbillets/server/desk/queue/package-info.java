/**
 * What a turn of the desk decides upon, and who is next: the state, the queue of each ticket, and
 * the requests that wait for locks and claims.
 */
package org.lesbillets.server.desk.queue;
