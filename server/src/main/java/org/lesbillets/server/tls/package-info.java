/** The server's certificate and private key, and the TLS context that presents them. */
package org.lesbillets.server.tls;
