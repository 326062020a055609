/**
 * The edge of the server, and the only package that knows Tyrus and Grizzly. It authorizes
 * handshakes, decodes frames to requests, and writes finished frames to sockets.
 */
package org.lesbillets.server.websocket;
