/**
 * The edge of the server: the only package that knows Tyrus and Grizzly. It admits connections,
 * turns frames into requests, and writes finished frames to sockets.
 */
package org.lesbillets.server.websocket;
