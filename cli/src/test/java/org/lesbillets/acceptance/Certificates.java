package org.lesbillets.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A certificate authority made for a test, and certificates of 127.0.0.1 that it issued, all with
 * one key. Made by keytool and Java, so that no other tool is needed.
 */
final class Certificates {
  private static final String SECRET = "for-a-test";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes the authority and the key of the server. */
  static Certificates in(Path folder) throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    Certificates made = new Certificates(folder);
    made.pair("ca", "-ext", "bc:c", "-validity", "30");
    made.pair("server", "-validity", "30");
    made.keytool("server", "-certreq", "-alias", "server", "-file", "server.csr");
    made.pem("ca.pem", "CERTIFICATE", made.certificate("ca").getEncoded());
    made.writeKey("server", made.key());
    return made;
  }

  private void pair(String name, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=Test " + name));
    words.addAll(List.of(more));
    keytool(name, words.toArray(String[]::new));
  }

  private void keytool(String store, String... words) {
    List<String> all = new ArrayList<>();
    all.add(System.getProperty("java.home") + "/bin/keytool");
    all.addAll(List.of(words));
    all.addAll(List.of("-keystore", store + ".p12", "-storepass", SECRET));
    Running.run(folder, Map.of(), all).exits(0);
  }

  /** Issues a certificate of the server's key, for 127.0.0.1 alone. */
  Path issue(String name, String... validity) {
    List<String> words =
        new ArrayList<>(
            List.of("-gencert", "-alias", "ca", "-infile", "server.csr", "-outfile", name, "-rfc"));
    words.addAll(List.of("-ext", "san=ip:127.0.0.1"));
    words.addAll(List.of(validity));
    keytool("ca", words.toArray(String[]::new));
    return folder.resolve(name);
  }

  /** The file of the authority. */
  Path authority() {
    return folder.resolve("ca.pem");
  }

  /** The file of the server's key. */
  Path key() {
    return folder.resolve("server.key");
  }

  /** Writes the key of a pair, in PEM. */
  void writeKey(String name, Path file) throws IOException, GeneralSecurityException {
    byte[] key = store(name).getKey(name, SECRET.toCharArray()).getEncoded();
    pem(file.getFileName().toString(), "PRIVATE KEY", key);
  }

  private Certificate certificate(String name) throws IOException, GeneralSecurityException {
    return store(name).getCertificate(name);
  }

  private KeyStore store(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, SECRET.toCharArray());
    }
    return store;
  }

  private void pem(String file, String what, byte[] content) throws IOException {
    byte[] line = "\n".getBytes(StandardCharsets.US_ASCII);
    String text = Base64.getMimeEncoder(64, line).encodeToString(content);
    Path path = folder.resolve(file);
    Files.writeString(
        path, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
  }
}
