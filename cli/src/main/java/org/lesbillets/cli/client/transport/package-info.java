/**
 * WebSocket connections: a plain socket with the client side of RFC 6455 for a connection that is
 * over after one answer, Tyrus for TLS and for whatever lives longer, and the heartbeat that closes
 * a dead connection. No extension and no subprotocol. The only package that knows Tyrus.
 */
package org.lesbillets.cli.client.transport;
