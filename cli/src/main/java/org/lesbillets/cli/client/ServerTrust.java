package org.lesbillets.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Objects;
import java.util.function.LongPredicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.process.SystemUsers;

/**
 * What identifies the right server. Immutable.
 *
 * @param caFile certificates in PEM, of which one that is valid now must have issued the server's,
 *     or be it; null for those that Java trusts
 * @param serverUser the local user, by name or number, who runs the server of a plain loopback
 *     address, beside root and this user; null for none
 */
public record ServerTrust(Path caFile, String serverUser) {
  /** Where nothing was said. */
  public static final ServerTrust USUAL = ofUser(null);

  /** With the authorities that Java trusts. */
  public static ServerTrust ofUser(String serverUser) {
    return new ServerTrust(null, serverUser);
  }

  /** Each part of this trust, or where it says nothing that of another. */
  public ServerTrust or(ServerTrust other) {
    return new ServerTrust(
        caFile == null ? other.caFile : caFile, serverUser == null ? other.serverUser : serverUser);
  }

  // Records' own are linked at run time, which costs start-up time.

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerTrust trust
        && Objects.equals(caFile, trust.caFile)
        && Objects.equals(serverUser, trust.serverUser);
  }

  @Override
  public int hashCode() {
    return Objects.hash(caFile, serverUser);
  }

  /**
   * A context of TLS that trusts the authorities, read for each connection, so that new ones count.
   *
   * @throws ConnectionException STRANGER if they cannot be read
   */
  SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] authorities = caFile == null ? null : authorities();
      KeyManager[] noCertificate = null;
      SecureRandom usualRandom = null;
      context.init(noCertificate, authorities, usualRandom);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ConnectionException(
          Kind.STRANGER,
          "no token was sent, since "
              + caFile
              + " cannot be read as certificates in PEM form: check the --ca-file",
          e);
    }
  }

  private TrustManager[] authorities() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    InputStream nothing = null;
    store.load(nothing, null);
    try (InputStream in = Files.newInputStream(caFile)) {
      CertificateFactory parser = CertificateFactory.getInstance("X.509");
      Collection<? extends Certificate> all = parser.generateCertificates(in);
      if (all.isEmpty()) {
        throw new IOException("no certificate");
      }
      addValid(all, store);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  /**
   * Adds those that are valid now. Java looks at no date of what it trusts by itself, and such a
   * certificate may be the server's own.
   *
   * @throws ConnectionException STRANGER if there is none
   */
  private void addValid(Collection<? extends Certificate> all, KeyStore store)
      throws GeneralSecurityException {
    CertificateException invalid = null;
    for (Certificate one : all) {
      try {
        ((X509Certificate) one).checkValidity();
        store.setCertificateEntry("ca-" + store.size(), one);
      } catch (CertificateExpiredException | CertificateNotYetValidException e) {
        invalid = e;
      }
    }
    if (store.size() == 0) {
      throw new ConnectionException(
          Kind.STRANGER,
          "no token was sent, since no certificate in "
              + caFile
              + " is valid now ("
              + invalid.getMessage()
              + "): check the clock of this machine, or get the present certificate from the"
              + " server's administrator",
          invalid);
    }
  }

  /**
   * The local users whose listener may be sent a token: root, this user, the owner of the token's
   * file, and the one that is named.
   */
  LongPredicate users(TokenSource token) {
    return new LongPredicate() {
      @Override
      public boolean test(long uid) {
        return uid == SystemUsers.ROOT || uid >= 0 && !SystemUsers.isAmbiguous(uid) && knows(uid);
      }

      private boolean knows(long uid) {
        Path file = token.file();
        return uid == SystemUsers.own()
            || file != null && uid == SystemUsers.ownerOf(file)
            || serverUser != null && uid == SystemUsers.uidOf(serverUser);
      }
    };
  }
}
