package org.lesbillets.cli.client.transport;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The upgrade of one connection from HTTP to WebSocket. Not thread-safe; used once. */
public final class Handshake {
  /** The bytes of strong randomness that it needs. */
  public static final int NONCE_BYTES = 16;

  /** The longest answer, status line and headers together, in bytes. */
  private static final int LONGEST_ANSWER = 16 * 1024;

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int FORBIDDEN = 403;
  private static final String VERSION = "HTTP/1.";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final String key;

  public Handshake(byte[] nonce) {
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  /**
   * The request, encoded.
   *
   * @param identity the header line that says who this is; "" for none
   */
  public byte[] request(URI server, String identity) {
    boolean unix = server.getScheme().equals("unix");
    String query = server.getRawQuery() == null ? "" : "?" + server.getRawQuery();
    String request =
        "GET "
            + (unix ? "/tickets" : server.getRawPath())
            + query
            + " HTTP/1.1\r\nHost: "
            + (unix ? "localhost" : server.getRawAuthority())
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: "
            + key
            + "\r\n"
            + identity
            + "\r\n";
    return request.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads the answer, and no byte behind it.
   *
   * @param in buffered
   * @return its headers, by their lower-case names
   * @throws HandshakeRefusedException if it is anything but the upgrade that was asked for
   * @throws IOException if it cannot be read
   */
  Map<String, String> readAnswer(InputStream in) throws IOException {
    LineReader lines = new LineReader(in);
    int status = status(lines.next());
    if (status == FORBIDDEN) {
      throw new HandshakeRefusedException(status, sentence(headers(lines), in));
    }
    if (status != SWITCHING_PROTOCOLS) {
      throw new HandshakeRefusedException(status);
    }
    Map<String, String> headers = headers(lines);
    if (!isUpgrade(headers)) {
      throw new HandshakeRefusedException(status);
    }
    return headers;
  }

  /** 0 for what is no HTTP. */
  private static int status(String line) {
    int space = line.indexOf(' ');
    boolean http = line.startsWith(VERSION) && space > 0 && line.length() >= space + 4;
    int status = 0;
    for (int i = space + 1; http && i < space + 4; i++) {
      int digit = line.charAt(i) - '0';
      http = digit >= 0 && digit <= 9;
      status = status * 10 + digit;
    }
    return http ? status : 0;
  }

  private static Map<String, String> headers(LineReader lines) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new HandshakeRefusedException(0);
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      String before = headers.get(name);
      headers.put(name, before == null ? value : before + "," + value);
    }
    return headers;
  }

  /** What the server says of a refusal, made harmless; empty if it is no short plain text. */
  private static String sentence(Map<String, String> headers, InputStream in) throws IOException {
    String type = headers.getOrDefault("content-type", "");
    String length = headers.getOrDefault("content-length", "");
    if (!type.startsWith("text/plain") || !length.matches("[0-9]{1,3}")) {
      return "";
    }
    byte[] text = in.readNBytes(Integer.parseInt(length));
    return new String(text, StandardCharsets.UTF_8).replaceAll("\\p{C}+", " ").strip();
  }

  private boolean isUpgrade(Map<String, String> headers) {
    return "websocket".equalsIgnoreCase(headers.get("upgrade"))
        && names(headers.get("connection"), "upgrade")
        && accept(key).equals(headers.get("sec-websocket-accept"))
        // Neither was asked for.
        && !headers.containsKey("sec-websocket-extensions")
        && !headers.containsKey("sec-websocket-protocol");
  }

  private static boolean names(String list, String name) {
    for (String one : list == null ? new String[0] : list.split(",")) {
      if (one.strip().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** The digest that a server has to answer to a key. */
  public static String accept(String key) {
    byte[] digest = Sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(digest);
  }

  /** A reader of lines, bounded by the longest answer. */
  private static final class LineReader {
    private final InputStream in;
    private int left = LONGEST_ANSWER;

    LineReader(InputStream in) {
      this.in = in;
    }

    String next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int read = in.read();
      for (; read >= 0 && read != '\n' && left > 0; read = in.read()) {
        left--;
        if (read != '\r') {
          line.write(read);
        }
      }
      if (read < 0) {
        throw new EOFException();
      }
      if (read != '\n') {
        throw new HandshakeRefusedException(0);
      }
      return line.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
