/** The server's programs and composition root: options, configuration, construction, shutdown. */
package org.lesbillets.server;
