/** The server's composition root: what it is configured with, how it is built, started, closed. */
package org.lesbillets.server;
