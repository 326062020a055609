package org.lesbillets.server;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.lesbillets.model.Role;
import org.lesbillets.server.unix.NameService;
import org.lesbillets.server.unix.UnixServerSocket;
import org.lesbillets.server.unix.UnixSettings;
import org.lesbillets.server.unix.UnixSocketException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the server's socket, and of the logins that it admits. */
final class SocketOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description =
          "Listen on this socket, where the login of this machine is enough; opens no port without"
              + " --port.")
  private Path socket;

  @Option(
      names = "--unix-group",
      paramLabel = "G",
      description = "Logins in this group are agents.")
  private String agents;

  @Option(
      names = "--unix-admins",
      paramLabel = "G",
      description = "Logins in this group are admins, as root and the server's own user are.")
  private String admins;

  @Option(
      names = "--unix-readers",
      paramLabel = "G",
      description = "Logins in this group are readers.")
  private String readers;

  @Option(
      names = "--unix-delegates",
      paramLabel = "U",
      description =
          "This login may act for agents that it names, as the server's own user may; may be given"
              + " again.")
  private Set<String> delegates = new LinkedHashSet<>();

  /**
   * The socket that the options describe; empty without --socket.
   *
   * @throws ParameterException if they are invalid; the message says why
   * @throws UnixSocketException if groups cannot be looked up
   */
  Optional<UnixSettings> settings() {
    if (socket == null) {
      boolean alone =
          Stream.of(agents, admins, readers).anyMatch(group -> group != null)
              || !delegates.isEmpty();
      if (alone) {
        throw wrong("The options --unix-… are about the logins at a socket: give --socket, too.");
      }
      return Optional.empty();
    }
    Path path = socket.toAbsolutePath().normalize();
    if (!UnixServerSocket.fits(path)) {
      throw wrong(
          "The path of a socket has at most %d bytes: give --socket a shorter one than %s."
              .formatted(UnixServerSocket.LONGEST_PATH, path));
    }
    Map<Role, Long> groups = new EnumMap<>(Role.class);
    add(groups, Role.READER, readers);
    add(groups, Role.AGENT, agents);
    add(groups, Role.ADMIN, admins);
    return Optional.of(new UnixSettings(path, groups, users()));
  }

  private void add(Map<Role, Long> groups, Role role, String name) {
    if (name == null) {
      return;
    }
    try {
      OptionalLong id = NameService.groupId(name);
      groups.put(
          role,
          id.orElseThrow(
              () ->
                  wrong(
                      "There is no group '%s' on this machine: create it, or name another."
                          .formatted(name))));
    } catch (IOException e) {
      throw new UnixSocketException(
          "The group %s cannot be looked up (%s): see that 'getent group %s' answers."
              .formatted(name, e.getMessage(), name),
          e);
    }
  }

  private Set<UserPrincipal> users() {
    Set<UserPrincipal> users = new LinkedHashSet<>();
    for (String name : delegates) {
      try {
        users.add(
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name));
      } catch (IOException e) {
        throw wrong(
            "There is no user '%s' on this machine: create it, or name another.".formatted(name));
      }
    }
    return users;
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
