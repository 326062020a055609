package org.lesbillets.cli.client.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS over a connected socket. A class of its own, so that a connection without TLS loads nothing
 * of it. Stateless.
 */
final class TlsSocket {
  private TlsSocket() {}

  /** The certificate is checked, and the host's name, before this returns. */
  static Socket over(Socket plain, URI server, SSLContext tls) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory().createSocket(plain, server.getHost(), server.getPort(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(ConnectionSecurity.protocols());
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}
