/**
 * Connected clients: what each is still to be sent, and the one thread that sends it. Events stand
 * once in a log of finished frames, and a session is a place in that log; what is personal goes
 * through its bounded outbox; snapshots and catch-up are made on demand, a part at a time.
 */
package org.lesbillets.server.session;
