/**
 * Fan-out to connected clients, by one writer thread. Events stand once in a ring of finished
 * frames, and a watching session is a cursor in it; personal messages pass through a bounded
 * outbox; snapshots and catch-up are made lazily, one chunk at a time.
 */
package org.lesbillets.server.session;
