package org.lesbillets.server.world;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes as {@code /proc} of Linux shows them. Where other users' processes are hidden
 * ({@code hidepid}), or there is no {@code /proc}, a process that is not shown is unknown, not
 * ended: process 1, which always runs, tells the difference. Stateless.
 *
 * @param root the directory, {@code /proc}
 */
record ProcessTable(Path root) implements Processes {
  private static final Pattern REAL_USER = Pattern.compile("(?m)^Uid:\\s+(\\d+)");

  /** Behind the name of the program, which may have spaces and parentheses. */
  private static final int STATE = 0;

  private static final int STARTED = 19;

  /** A line of {@code /proc/PID/stat}: the state's letter, and when it started. */
  private record Status(String state, long started) {
    boolean isEnded() {
      return state.equals("Z") || state.equals("X");
    }
  }

  @Override
  public Found find(long pid, UserPrincipal user) {
    try {
      Status status = status(pid);
      if (status == null) {
        return new Found(absent(), null);
      }
      if (!isOf(user, pid)) {
        return new Found(State.ANOTHERS, null);
      }
      return status.isEnded()
          ? new Found(State.ENDED, null)
          : new Found(State.RUNNING, new Identity(pid, status.started));
    } catch (IOException e) {
      return new Found(isThere(pid) ? State.UNKNOWN : absent(), null);
    }
  }

  @Override
  public State state(Identity process) {
    try {
      Status status = status(process.pid());
      if (status == null) {
        return absent();
      }
      boolean same = status.started == process.started();
      return same && !status.isEnded() ? State.RUNNING : State.ENDED;
    } catch (IOException e) {
      return isThere(process.pid()) ? State.UNKNOWN : absent();
    }
  }

  private State absent() {
    return isThere(1) ? State.ENDED : State.UNKNOWN;
  }

  private boolean isThere(long pid) {
    return Files.exists(directory(pid));
  }

  private Path directory(long pid) {
    return root.resolve(Long.toString(pid));
  }

  /** Null if there is no such process. */
  private Status status(long pid) throws IOException {
    try {
      String line = Files.readString(directory(pid).resolve("stat"), ISO_8859_1);
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
  private boolean isOf(UserPrincipal user, long pid) throws IOException {
    Path file = directory(pid).resolve("status");
    Matcher number = REAL_USER.matcher(Files.readString(file, ISO_8859_1));
    return number.find()
        && root.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(number.group(1))
            .equals(user);
  }
}
