package org.lesbillets.server.soak.power;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.server.soak.power.DiskOperation.Kind;

/**
 * Reads what strace wrote of a process: the calls that change one directory, and the writes to
 * sockets, in the order in which they were entered. What a mapped file is written by memory is not
 * in it. One thread; keeps all written bytes.
 */
public final class DiskRecording {
  private static final String CALLS =
      "openat,write,pwrite64,writev,ftruncate,fdatasync,fsync,unlink,unlinkat,rename,"
          + "renameat,renameat2,sendto,sendmsg";

  /** Where a line stops telling of a call that has not returned, or never does. */
  private static final Pattern UNFINISHED =
      Pattern.compile(" <(unfinished|detached) \\.\\.\\.>| <ptrace\\(| = \\?( <unavailable>)?$");

  private final Path directory;
  private final List<DiskOperation> operations = new ArrayList<>();
  private final Map<Integer, Long> positions = new HashMap<>();
  private int line;

  /**
   * @param directory its real path
   */
  private DiskRecording(Path directory) {
    this.directory = directory;
  }

  /**
   * What goes before a command to append its calls to a file; the command's process is the direct
   * child, and the recorder ends soon after it.
   */
  public static List<String> recorder(Path recording) {
    return List.of(
        "strace",
        "--daemonize",
        "--follow-forks",
        "--seccomp-bpf",
        "--decode-fds=path",
        "--strings-in-hex=all",
        "--string-limit=16777216",
        "--output-append-mode",
        "--quiet=all",
        "--signal=none",
        "--trace=" + CALLS,
        "--output=" + recording);
  }

  private static final class Call {
    private final int began;
    private int ended = Integer.MAX_VALUE;
    private String text;

    Call(int began, String text) {
      this.began = began;
      this.text = text;
    }
  }

  /** The operations of some processes, one after the other, in the order of their calls. */
  public static List<DiskOperation> read(List<RecordedLife> lives, Path directory)
      throws IOException {
    DiskRecording read = new DiskRecording(directory);
    for (RecordedLife life : lives) {
      read.add(life);
    }
    return read.operations;
  }

  private void add(RecordedLife life) throws IOException {
    List<Call> calls = new ArrayList<>();
    Map<String, Call> unfinished = new HashMap<>();
    positions.clear();
    try (BufferedReader lines = Files.newBufferedReader(life.recording(), ISO_8859_1)) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        line++;
        int space = text.indexOf(' ');
        String thread = text.substring(0, space);
        String rest = text.substring(space).strip();
        int cut = unfinished(rest);
        if (!rest.startsWith("<... ")) {
          Call call = new Call(line, cut < 0 ? rest : rest.substring(0, cut));
          call.ended = cut < 0 ? line : Integer.MAX_VALUE;
          calls.add(call);
          unfinished.put(thread, call);
        } else if (cut < 0) {
          Call call = unfinished.get(thread);
          call.text += rest.substring(rest.indexOf(" resumed>") + 9);
          call.ended = line;
        }
      }
    }
    for (Call call : calls) {
      int size = operations.size();
      add(call);
      if (operations.size() > size && call.ended == Integer.MAX_VALUE) {
        operations.addAll(life.settled(operations.remove(size), line));
      }
    }
  }

  /**
   * How much of a line tells of a call whose result it has not: another thread's call came between,
   * or the process was killed in it, before or after its arguments were printed; -1 for others.
   */
  private static int unfinished(String line) {
    Matcher end = UNFINISHED.matcher(line);
    return end.find() ? end.start() : -1;
  }

  private void add(Call call) {
    int open = call.text.indexOf('(');
    int result = call.text.lastIndexOf(" = ");
    String returned = result < 0 ? "" : call.text.substring(result + 3);
    if (open < 0 || returned.startsWith("-1")) {
      return;
    }
    String name = call.text.substring(0, open);
    String arguments =
        call.text.substring(open + 1, result < 0 ? call.text.length() : result).strip();
    if (arguments.isEmpty() || name.startsWith("syscall_0x") && returned.isEmpty()) {
      return; // killed before its arguments were read, or as the number of the call was
    }
    try {
      add(call, name, arguments, returned);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      String end = call.text.substring(Math.max(0, call.text.length() - 100));
      throw new IllegalStateException("not understood of the recording: " + name + " … " + end, e);
    }
  }

  private void add(Call call, String name, String arguments, String returned) {
    switch (name) {
      case "openat" -> open(call, arguments, returned);
      case "write", "pwrite64", "writev", "sendto", "sendmsg" -> write(call, name, arguments);
      case "ftruncate" -> {
        long length = Long.parseLong(last(arguments));
        change(call, Kind.TRUNCATE, descriptor(arguments), length);
      }
      case "fdatasync", "fsync" -> sync(call, descriptor(arguments));
      case "unlink", "unlinkat" -> {
        String path = text(strings(arguments).get(0));
        change(call, Kind.UNLINK, path, 0);
      }
      case "rename", "renameat", "renameat2" -> rename(call, arguments);
      case "???" -> {} // killed before the recorder learned which call
      default -> throw new IllegalStateException("the recorder wrote of another call: " + name);
    }
  }

  private void open(Call call, String arguments, String returned) {
    if (returned.isEmpty()) {
      return;
    }
    positions.put(number(returned), 0L);
    String path = descriptor(returned);
    if (arguments.contains("O_CREAT")) {
      change(call, Kind.CREATE, path, 0);
    }
    if (arguments.contains("O_TRUNC")) {
      change(call, Kind.TRUNCATE, path, 0);
    }
  }

  private void write(Call call, String name, String arguments) {
    String path = descriptor(arguments);
    if (path.startsWith("socket:")) {
      byte[] sent = bytes(String.join("", strings(arguments)));
      operations.add(new DiskOperation(Kind.SEND, null, null, 0, sent, call.began, call.ended));
    } else if (isOurs(path)) {
      byte[] bytes = bytes(String.join("", strings(arguments)));
      long offset =
          name.equals("pwrite64")
              ? Long.parseLong(last(arguments))
              : positions.merge(number(arguments), (long) bytes.length, Long::sum) - bytes.length;
      operations.add(operation(call, Kind.WRITE, Path.of(path)).of(bytes, offset));
    }
  }

  private void rename(Call call, String arguments) {
    List<String> paths = strings(arguments);
    Path from = Path.of(text(paths.get(0)));
    if (from.startsWith(directory)) {
      Path to = Path.of(text(paths.get(1)));
      operations.add(new DiskOperation(Kind.RENAME, from, to, 0, null, call.began, call.ended));
    }
  }

  private static DiskOperation operation(Call call, Kind kind, Path path) {
    return DiskOperation.of(kind, path, call.began, call.ended);
  }

  private void sync(Call call, String path) {
    boolean whole = path.equals(directory.toString());
    change(call, whole ? Kind.SYNC_DIRECTORY : Kind.SYNC, path, 0);
  }

  private void change(Call call, Kind kind, String path, long offset) {
    if (isOurs(path)) {
      operations.add(operation(call, kind, Path.of(path)).at(offset));
    }
  }

  /** A file that was unlinked is nobody's: its path may be that of another one since. */
  private boolean isOurs(String path) {
    return !path.endsWith("(deleted)")
        && (path.equals(directory.toString()) || Path.of(path).startsWith(directory));
  }

  private static int number(String text) {
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return Integer.parseInt(text.substring(0, end));
  }

  /** The last argument. */
  private static String last(String arguments) {
    return arguments.substring(arguments.lastIndexOf(' ') + 1).replace(")", "");
  }

  /** The path or the socket behind the first descriptor, as strace shows it in angle brackets. */
  private static String descriptor(String text) {
    int begin = text.indexOf('<');
    int end = text.indexOf('>', begin);
    String deleted = text.startsWith("(deleted)", end + 1) ? "(deleted)" : "";
    return begin < 0 ? "" : text(text.substring(begin + 1, end)) + deleted;
  }

  /** What stands in quotes, still in hexadecimal. */
  private static List<String> strings(String arguments) {
    List<String> strings = new ArrayList<>();
    int end = -1;
    for (int begin = arguments.indexOf('"'); begin >= 0; begin = arguments.indexOf('"', end + 1)) {
      end = arguments.indexOf('"', begin + 1);
      strings.add(arguments.substring(begin + 1, end));
      if (arguments.startsWith("...", end + 1)) {
        throw new IllegalStateException("the recorder left bytes out");
      }
    }
    return strings;
  }

  private static String text(String hexadecimal) {
    return hexadecimal.startsWith("\\x")
        ? new String(bytes(hexadecimal), StandardCharsets.UTF_8)
        : hexadecimal;
  }

  private static byte[] bytes(String hexadecimal) {
    byte[] bytes = new byte[hexadecimal.length() / 4];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(hexadecimal.charAt(4 * i + 2), 16);
      bytes[i] = (byte) (high << 4 | Character.digit(hexadecimal.charAt(4 * i + 3), 16));
    }
    return bytes;
  }
}
