package org.lesbillets.server.world;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes as {@code /proc} of Linux shows them. Where other users' processes are hidden
 * ({@code hidepid}), or there is no {@code /proc}, a process that is not shown is unknown, not
 * ended. Reads small files on the thread that asks; the user of a process is compared on at most 2
 * threads "process-users-1"…, for which 64 wait: what takes longer than 3 s, or comes on top, is
 * unknown.
 */
final class ProcessTable implements Processes {
  private static final Pattern REAL_USER = Pattern.compile("(?m)^Uid:\\s+(\\d+)");
  private static final Pattern HIDES = Pattern.compile("\\bhidepid=(?!0|off)");
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  /** Behind the name of the program, which may have spaces and parentheses. */
  private static final int STATE = 0;

  private static final int STARTED = 19;

  private final Path root;
  private final BlockingCalls lookups = new BlockingCalls("process-users", 2, 64);

  /** A line of {@code /proc/PID/stat}: the state's letter, and when it started. */
  private record Status(String state, long started) {
    boolean isEnded() {
      return state.equals("Z") || state.equals("X");
    }
  }

  /**
   * @param root the directory, {@code /proc}
   */
  ProcessTable(Path root) {
    this.root = root;
  }

  @Override
  public CompletableFuture<Found> find(long pid, UserPrincipal user) {
    try {
      Status status = status(directory(pid));
      if (status == null) {
        return CompletableFuture.completedFuture(new Found(absent(), null));
      }
      String number = realUser(pid);
      Found own =
          runs(pid, status)
              ? new Found(State.RUNNING, new Identity(pid, status.started))
              : new Found(State.ENDED, null);
      return lookups
          .call(DEADLINE, () -> isOf(user, number) ? own : new Found(State.ANOTHERS, null))
          .exceptionally(failure -> new Found(State.UNKNOWN, null));
    } catch (IOException e) {
      return CompletableFuture.completedFuture(
          new Found(isThere(pid) ? State.UNKNOWN : absent(), null));
    }
  }

  @Override
  public State state(Identity process) {
    try {
      Status status = status(directory(process.pid()));
      if (status == null) {
        return absent();
      }
      boolean same = status.started == process.started();
      return same && runs(process.pid(), status) ? State.RUNNING : State.ENDED;
    } catch (IOException e) {
      return isThere(process.pid()) ? State.UNKNOWN : absent();
    }
  }

  /** A process whose first thread has ended is shown as a zombie while the others run. */
  private boolean runs(long pid, Status status) throws IOException {
    if (!status.isEnded()) {
      return true;
    }
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(directory(pid).resolve("task"))) {
      for (Path thread : threads) {
        Status other = status(thread);
        if (other != null && !other.isEnded()) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Process 1, which always runs, tells whether processes are shown; where others' are hidden, only
   * if it is one of those.
   */
  private State absent() {
    try {
      boolean shown = isThere(1) && !(hides() && owner("1") == owner("self"));
      return shown ? State.ENDED : State.UNKNOWN;
    } catch (IOException e) {
      return State.UNKNOWN;
    }
  }

  private int owner(String name) throws IOException {
    return (int) Files.getAttribute(root.resolve(name), "unix:uid");
  }

  /** Whether the table is mounted to show each user its own processes only; the last one counts. */
  private boolean hides() throws IOException {
    boolean hides = false;
    try {
      for (String mount : Files.readAllLines(root.resolve("self/mounts"), ISO_8859_1)) {
        String[] fields = mount.split(" ");
        if (fields.length > 3 && fields[1].equals(root.toString())) {
          hides = HIDES.matcher(fields[3]).find();
        }
      }
      return hides;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private boolean isThere(long pid) {
    return Files.exists(directory(pid));
  }

  private Path directory(long pid) {
    return root.resolve(Long.toString(pid));
  }

  /**
   * The status of a process or of a thread.
   *
   * @return null if there is none
   */
  private static Status status(Path directory) throws IOException {
    try {
      String line = Files.readString(directory.resolve("stat"), ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
      if (fields.length <= STARTED) {
        throw new IOException("no line of a process: " + line);
      }
      return new Status(fields[STATE], Long.parseLong(fields[STARTED]));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The real user counts: a program with a set-user-id bit runs for who started it. */
  private String realUser(long pid) throws IOException {
    Path file = directory(pid).resolve("status");
    Matcher number = REAL_USER.matcher(Files.readString(file, ISO_8859_1));
    if (!number.find()) {
      throw new IOException("no user of a process");
    }
    return number.group(1);
  }

  /** Blocks for as long as the machine takes to find that no user has the number for a name. */
  private boolean isOf(UserPrincipal user, String number) throws IOException {
    return root.getFileSystem()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(number)
        .equals(user);
  }
}
