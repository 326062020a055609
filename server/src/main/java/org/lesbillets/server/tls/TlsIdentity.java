package org.lesbillets.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import nl.altindag.ssl.util.SSLFactoryUtils;

/**
 * The server's identity: a certificate chain and its private key from PEM files, and a TLS context
 * that presents them, for TLS 1.2 and 1.3. A reload replaces both atomically, for later handshakes
 * only. Thread-safe.
 */
public final class TlsIdentity {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA", "Ed25519");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));

  private final Path certificates;
  private final Path key;
  private final SSLFactory factory;
  private volatile Instant expiry;
  private volatile Set<String> names;

  private TlsIdentity(Path certificates, Path key) {
    this.certificates = certificates;
    this.key = key;
    this.factory =
        SSLFactory.builder()
            .withSwappableIdentityMaterial()
            .withIdentityMaterial(loaded())
            .withProtocols(PROTOCOLS.toArray(String[]::new))
            .build();
  }

  /**
   * Loads the identity.
   *
   * @param certificates the chain, the server's own certificate first
   * @param key which its owner alone may read; or root's, which a group may read, too
   * @throws TlsException if they cannot be used
   */
  public static TlsIdentity load(Path certificates, Path key) {
    // A client could make the server repeat the costly part of the handshake.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    return new TlsIdentity(certificates, key);
  }

  /**
   * Loads the files again; the present identity stays if that fails.
   *
   * @throws TlsException if they cannot be used
   */
  public synchronized void reload() {
    SSLFactory present = SSLFactory.builder().withIdentityMaterial(loaded()).build();
    SSLFactoryUtils.reload(factory, present);
  }

  /** The context for the server's side of connections; the same one after a reload. */
  public SSLContext context() {
    return factory.getSslContext();
  }

  /** The versions of TLS to offer. */
  public static List<String> protocols() {
    return PROTOCOLS;
  }

  /** The end of the certificate's validity. */
  public Instant expiry() {
    return expiry;
  }

  /** The hosts and addresses that the certificate names, without wildcards. */
  public Set<String> names() {
    return names;
  }

  private static Set<String> namesIn(X509Certificate own) {
    Set<String> names = new LinkedHashSet<>();
    try {
      Collection<List<?>> alternatives = own.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (name.get(1) instanceof String text && !text.startsWith("*")) {
          names.add(text);
        }
      }
    } catch (CertificateParsingException e) {
      // It names no host, then.
    }
    return Set.copyOf(names);
  }

  /** The key manager of the files, once it is sure that they can be used. */
  private X509ExtendedKeyManager loaded() {
    checkReadable(certificates, "certificate");
    checkReadable(key, "private key");
    checkMode();
    X509ExtendedKeyManager identity = parsed();
    X509Certificate own = matched(identity);
    expiry = own.getNotAfter().toInstant();
    names = namesIn(own);
    return identity;
  }

  private static void checkReadable(Path file, String what) {
    try {
      Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new TlsException("There is no file %s for the %s.".formatted(file, what), e);
    } catch (IOException e) {
      throw new TlsException(
          "The %s cannot be read from %s: check what it is and who may read it."
              .formatted(what, file),
          e);
    }
  }

  private void checkMode() {
    try {
      Set<PosixFilePermission> others = EnumSet.copyOf(OTHERS);
      others.retainAll(Files.getPosixFilePermissions(key));
      if (Files.getOwner(key).getName().equals("root")) {
        others.remove(PosixFilePermission.GROUP_READ);
      }
      if (!others.isEmpty()) {
        throw new TlsException(
            "Others on this machine may read or change the private key %s: chmod 600 it."
                .formatted(key));
      }
    } catch (IOException e) {
      throw new TlsException("The owner of %s cannot be determined.".formatted(key), e);
    } catch (UnsupportedOperationException e) {
      // A file system without modes.
    }
  }

  private X509ExtendedKeyManager parsed() {
    try {
      return PemUtils.loadIdentityMaterial(certificates, key);
    } catch (RuntimeException e) {
      throw new TlsException(
          "%s and %s are no certificate chain and unencrypted private key in PEM form (%s)."
              .formatted(certificates, key, e.getMessage()),
          e);
    }
  }

  /** The server's own certificate, once it is sure that the key belongs to it. */
  private X509Certificate matched(X509ExtendedKeyManager identity) {
    for (String type : KEY_TYPES) {
      String[] aliases = identity.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        X509Certificate own = identity.getCertificateChain(aliases[0])[0];
        checkPair(own, identity.getPrivateKey(aliases[0]));
        return own;
      }
    }
    throw new TlsException(
        "The certificate in %s is for a kind of key that is not served: use RSA or EC."
            .formatted(certificates));
  }

  private void checkPair(X509Certificate own, PrivateKey secret) {
    boolean pair;
    try {
      pair = isPair(own.getPublicKey(), secret);
    } catch (GeneralSecurityException e) {
      pair = false;
    }
    if (!pair) {
      throw new TlsException(
          "The private key in %s is not that of the first certificate in %s."
              .formatted(key, certificates));
    }
  }

  private static boolean isPair(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> open.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    return signature.verify(signed);
  }
}
