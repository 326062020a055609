/**
 * The client's side of RFC 6455, as far as a connection needs it that is over after one answer:
 * handshake and frames, over streams that somebody else opens. No extension, no subprotocol, no
 * TLS. What lives longer is left to Tyrus.
 */
package org.lesbillets.cli.websocket;
