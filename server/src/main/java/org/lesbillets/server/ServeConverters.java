package org.lesbillets.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.lesbillets.model.ByteCount;
import org.lesbillets.server.journal.etcd.EtcdAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of the options of {@code serve}: what one value alone must be. Stateless. */
final class ServeConverters {
  private static final int LAST_PORT = 65_535;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private ServeConverters() {}

  /** Converter of --port. */
  static final class ToPort implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int port = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
      if (port < 0 || port > LAST_PORT) {
        throw wrong("there is no port %s: give one from 0 to 65535", text);
      }
      return port;
    }
  }

  /** Converter of counts. */
  static final class ToCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int count = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
      if (count < 1) {
        throw wrong("'%s' is no number from 1 to 999999999", text);
      }
      return count;
    }
  }

  /** Converter of --ring-bytes. */
  static final class ToRing implements ITypeConverter<ByteCount> {
    private static final ByteCount LEAST = new ByteCount(1024 * 1024);
    private static final ByteCount MOST = new ByteCount(1024 * 1024 * 1024);

    @Override
    public ByteCount convert(String text) {
      ByteCount bytes;
      try {
        bytes = ByteCount.parse(text);
      } catch (IllegalArgumentException e) {
        throw wrong("%s", e.getMessage());
      }
      if (bytes.bytes() < LEAST.bytes() || bytes.bytes() > MOST.bytes()) {
        throw wrong("'%s' is not from " + LEAST + " to " + MOST, text);
      }
      return bytes;
    }
  }

  /** Converter of --bind. */
  static final class ToAddress implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        InetAddress.getByName(text);
        return text;
      } catch (UnknownHostException e) {
        throw wrong("there is no address '%s': give one of this machine's", text);
      }
    }
  }

  /** Converter of --allow-host. */
  static final class ToHost implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!HOST.matcher(text).matches()) {
        throw wrong("'%s' is no host: give a name or an address, without a port", text);
      }
      return text;
    }
  }

  /** Converter of --journal. */
  static final class ToJournal implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (EtcdAddress.isMeant(text)) {
        try {
          EtcdAddress.parse(text);
        } catch (IllegalArgumentException e) {
          throw wrong(
              "'%s' "
                  + e.getMessage()
                  + ": give etcd://HOST:PORT[,HOST:PORT]/PREFIX, or etcds:// for TLS",
              text);
        }
      } else if (!text.equals("sqlite:") && !text.equals("memory:")) {
        throw wrong("there is no journal '%s': use sqlite:, memory: or etcd://HOST:PORT", text);
      }
      return text;
    }
  }

  private static TypeConversionException wrong(String format, String text) {
    return new TypeConversionException(format.formatted(text));
  }
}
