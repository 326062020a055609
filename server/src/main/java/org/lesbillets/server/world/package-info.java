/**
 * Time, randomness and threads as inputs of the server, so that a simulation can hand it its own.
 */
package org.lesbillets.server.world;
