package org.lesbillets.cli.client.transport;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The TCP socket that accepts the connections to an address of this machine, as the kernel of Linux
 * lists it in {@code /proc/self/net}: connections to an address go to the socket bound to exactly
 * that address, else to one bound to all. Immutable; any thread.
 *
 * @param uid of its owner, who created it
 * @param inode its identity
 */
record ListeningSocket(long uid, long inode) {
  private static final String IPV4 = "/proc/self/net/tcp";
  private static final String IPV6 = "/proc/self/net/tcp6";

  /**
   * The look-up.
   *
   * @return null if the kernel lists none
   * @throws IOException if its table cannot be read
   */
  static ListeningSocket at(InetAddress address, int port) throws IOException {
    byte[] bytes = address.getAddress();
    boolean isIpv4 = bytes.length == 4;
    Lookup ipv6 = new Lookup(isIpv4 ? mapped(bytes) : bytes, port);
    ListeningSocket found = ipv6Of(ipv6);
    if (!isIpv4 || ipv6.exact) {
      return found;
    }
    ListeningSocket foundIpv4 = new Lookup(bytes, port).in(IPV4);
    return foundIpv4 == null ? found : foundIpv4;
  }

  /** A kernel without IPv6 has no such table. */
  private static ListeningSocket ipv6Of(Lookup lookup) throws IOException {
    try {
      return lookup.in(IPV6);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /** An IPv4 address as a socket of IPv6 has it. */
  private static byte[] mapped(byte[] ipv4) {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(ipv4, 0, mapped, 12, 4);
    return mapped;
  }

  /** A scan of one table for one address. */
  private static final class Lookup {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final String address;
    private final String anyAddress;

    /** Whether the socket found is bound to the very address. */
    private boolean exact;

    Lookup(byte[] address, int port) {
      this.address = inTable(address, port);
      this.anyAddress = inTable(new byte[address.length], port);
    }

    ListeningSocket in(String table) throws IOException {
      ListeningSocket found = null;
      try (InputStream in = new FileInputStream(table)) {
        Rows rows = new Rows(in);
        while (!exact && rows.next()) {
          exact = rows.local.equals(address);
          if (exact || rows.local.equals(anyAddress)) {
            found = new ListeningSocket(rows.uid(), rows.inode());
          }
        }
      }
      return found;
    }

    /** The kernel prints words of 32 bits in the order of the processor, the port as a number. */
    private static String inTable(byte[] address, int port) {
      boolean swapped = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < address.length; i++) {
        int octet = address[swapped ? i ^ 3 : i] & 0xff;
        text.append(HEX[octet >> 4]).append(HEX[octet & 15]);
      }
      text.append(':');
      for (int shift = 12; shift >= 0; shift -= 4) {
        text.append(HEX[port >> shift & 15]);
      }
      return text.toString();
    }
  }

  /**
   * The rows of the listening sockets, which the kernel lists first. It composes as many rows as a
   * read has room for, and those behind the listening ones cost it a walk over its table of all
   * connections, milliseconds: therefore the reads are short.
   */
  private static final class Rows {
    private static final int CHUNK_BYTES = 16;
    private static final int LONGEST_FIELD = 64;
    private static final String LISTENING = "0A";

    /** A connection under way, which old kernels list behind its listening socket. */
    private static final String ARRIVING = "03";

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int at;
    private int limit;
    private final char[] field = new char[LONGEST_FIELD];
    private String local;

    Rows(InputStream in) {
      this.in = in;
    }

    /** Moves to the next row of a listening socket; false if there is none. */
    boolean next() throws IOException {
      String state = ARRIVING;
      while (state.equals(ARRIVING)) {
        skipLine();
        field();
        local = field();
        field();
        state = field();
      }
      return state.equals(LISTENING);
    }

    long uid() throws IOException {
      field();
      field();
      field();
      return Long.parseLong(field());
    }

    /** To be called after {@link #uid}. */
    long inode() throws IOException {
      field();
      return Long.parseLong(field());
    }

    /** Skips the rest of the row, or the header. */
    private void skipLine() throws IOException {
      int next = read();
      while (next >= 0 && next != '\n') {
        next = read();
      }
    }

    /** Empty at the end of the table. */
    private String field() throws IOException {
      int next = read();
      while (next == ' ') {
        next = read();
      }
      int length = 0;
      while (next > ' ' && length < LONGEST_FIELD) {
        field[length++] = (char) next;
        next = read();
      }
      return String.valueOf(Arrays.copyOf(field, length));
    }

    private int read() throws IOException {
      if (at == limit) {
        at = 0;
        limit = Math.max(0, in.read(chunk));
      }
      return at < limit ? chunk[at++] : -1;
    }
  }
}
