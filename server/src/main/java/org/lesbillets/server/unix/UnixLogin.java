package org.lesbillets.server.unix;

import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.KnownBy;
import org.lesbillets.model.Role;

/**
 * The user at the other end of a connection, and what the groups make of it. Immutable; pure.
 *
 * @param user null where it could not be looked up
 * @param name of the user; its number where the machine has no name for it
 * @param role the highest that a group gives, or null
 * @param delegate whether it may act for others
 * @param known whether its groups could be looked up; if not, nothing can be said of its role
 */
public record UnixLogin(
    UserPrincipal user, String name, Role role, boolean delegate, boolean known) {
  /** The names of no user. */
  static final String UNKNOWN = "?";

  private static final String ANYBODY = "";

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /**
   * Who a session would be, or why there is none.
   *
   * @param agent null for a refusal
   * @param refusal a sentence for the client, or null
   */
  public record Identity(AgentName agent, Role role, KnownBy knownBy, String refusal) {
    private static Identity refused(String sentence) {
      return new Identity(null, Role.READER, KnownBy.UNIX, sentence);
    }
  }

  /** The user's name as messages show it. */
  static String shown(UserPrincipal user) {
    return CONTROL.matcher(user.getName()).replaceAll("?");
  }

  /** Whether the machine has a name for a user, which can be the name of an agent. */
  static boolean isNamed(UserPrincipal user) {
    return !NUMBER.matcher(user.getName()).matches() && AgentName.isValid(user.getName());
  }

  /**
   * The login of a user.
   *
   * @param gids the numbers of its groups; empty when they could not be looked up
   */
  static UnixLogin of(
      UserPrincipal user, MachineUsers users, UnixSettings settings, Optional<Set<Long>> gids) {
    if (users.isAnybody(user)) {
      return new UnixLogin(null, ANYBODY, null, false, true);
    }
    Role role =
        users.administers(user)
            ? Role.ADMIN
            : highest(settings, gids.orElse(Set.of())).orElse(null);
    return new UnixLogin(
        user,
        shown(user),
        role,
        user.equals(users.own()) || settings.delegates().contains(user),
        role != null || gids.isPresent());
  }

  /** Of a user that could not be looked up. */
  public static UnixLogin unknown() {
    return new UnixLogin(null, UNKNOWN, null, false, false);
  }

  private static Optional<Role> highest(UnixSettings settings, Set<Long> gids) {
    return settings.groups().entrySet().stream()
        .filter(group -> gids.contains(group.getValue()))
        .map(group -> group.getKey())
        .max(Role::compareTo);
  }

  /** Whether it is an agent, or more, as far as that is known. */
  public boolean mayChange() {
    return role != null && role.compareTo(Role.AGENT) >= 0;
  }

  /** The identity of a session under the user's own name. */
  public Identity asItself() {
    if (name.equals(ANYBODY)) {
      return Identity.refused(
          "The kernel shows this login as one that may be anybody's, of another user namespace:"
              + " use an account of this machine, or a token.");
    }
    if (NUMBER.matcher(name).matches()) {
      return Identity.refused(
          ("This machine has no name for the user with the number %s: ask its administrator for"
                  + " an account.")
              .formatted(name));
    }
    if (!AgentName.isValid(name)) {
      return Identity.refused(
          ("The login '%s' cannot be the name of an agent, which has only letters, digits, dots,"
                  + " underscores and hyphens: use another account, or a token.")
              .formatted(name));
    }
    if (role != null) {
      return new Identity(new AgentName(name), role, KnownBy.UNIX, null);
    }
    return Identity.refused(
        delegate
            ? "The login %s acts for others and has no session of its own: name one."
                .formatted(name)
            : ("The login %s is in no group that may use this server: ask its operator to add it,"
                    + " and connect again.")
                .formatted(name));
  }

  /**
   * The identity of a session for another.
   *
   * @param other the name that the client gave
   */
  public Identity as(String other) {
    if (!delegate) {
      return name.equals(ANYBODY)
          ? asItself()
          : Identity.refused(
              "The login %s may not act for others: the server's operator can allow it."
                  .formatted(name));
    }
    return AgentName.isValid(other)
        ? new Identity(new AgentName(other), Role.AGENT, KnownBy.DELEGATE, null)
        : Identity.refused(
            "This is no agent's name: use letters, digits, dots, underscores and hyphens.");
  }
}
