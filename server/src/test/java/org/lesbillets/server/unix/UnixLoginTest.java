package org.lesbillets.server.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.Role;

/** Who a login is: by its groups, by itself, and for others. */
class UnixLoginTest {
  private static final User SERVER = new User("billets");
  private static final MachineUsers USERS =
      new MachineUsers(SERVER, new User("root"), new User("nobody"));
  private static final Map<Role, Long> GROUPS =
      Map.of(Role.READER, 30L, Role.AGENT, 20L, Role.ADMIN, 10L);

  private record User(String getName) implements UserPrincipal {
    @Override
    public String getName() {
      return getName;
    }
  }

  private static UnixLogin login(String user, Map<Role, Long> groups, Optional<Set<Long>> gids) {
    UnixSettings settings =
        new UnixSettings(
            Path.of("/run/desk.sock"), groups, Set.of(new User("door"), new User("nobody")));
    return UnixLogin.of(new User(user), USERS, settings, gids);
  }

  private static Optional<Set<Long>> gids(String numbers) {
    return Optional.of(
        numbers == null
            ? Set.of()
            : Arrays.stream(numbers.split(" ")).map(Long::valueOf).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice   | 20       | alice AGENT",
        "alice   | 30       | alice READER",
        "alice   | 10       | alice ADMIN",
        "alice   | 30 20    | alice AGENT",
        "alice   | 30 10    | alice ADMIN",
        "alice   | 10 20 30 | alice ADMIN",
        "alice   | 99 20    | alice AGENT",
        "alice   | 99       | The login alice is in no group that may use this server",
        "alice   |          | The login alice is in no group that may use this server",
        "billets |          | billets ADMIN",
        "root    | 30       | root ADMIN",
        "door    |          | The login door acts for others and has no session of its own",
        "door    | 20       | door AGENT",
        "nobody  | 10       | The kernel shows this login as one that may be anybody's",
        "1234    | 20       | This machine has no name for the user with the number 1234",
        "_apt    | 20       | The login '_apt' cannot be the name of an agent",
        "all     | 20       | The login 'all' cannot be the name of an agent",
        "a@b.com | 20       | The login 'a@b.com' cannot be the name of an agent",
      })
  void theHighestGroupGivesTheRole(String user, String gids, String expected) {
    assertIdentity(login(user, GROUPS, gids(gids)).asItself(), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice   | The login alice is in no group",
        "billets | billets ADMIN",
        "root    | root ADMIN",
      })
  void withoutGroupsOnlyTheServersOwnUserAndRootComeIn(String user, String expected) {
    assertIdentity(login(user, Map.of(), gids("10 20 30")).asItself(), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "door    | bob      | bob AGENT",
        "billets | bob      | bob AGENT",
        "door    | billets  | billets AGENT",
        "door    | me       | This is no agent's name",
        "door    | a b      | This is no agent's name",
        "root    | bob      | The login root may not act for others",
        "alice   | bob      | The login alice may not act for others",
        "alice   | alice    | The login alice may not act for others",
        "nobody  | bob      | The kernel shows this login as one that may be anybody's",
        "1234    | bob      | The login 1234 may not act for others",
      })
  void onlyDelegatesActForOthers(String user, String other, String expected) {
    assertIdentity(login(user, GROUPS, gids("10")).as(other), expected);
  }

  @Test
  void nothingIsSaidOfARoleWhoseGroupsAreUnknown() {
    assertEquals(false, login("alice", GROUPS, Optional.empty()).known());
    assertEquals(true, login("billets", GROUPS, Optional.empty()).known());
    assertEquals(true, login("alice", GROUPS, gids(null)).known());
  }

  /** In a user namespace everybody without a number there is shown as this one. */
  @Test
  void theOverflowUserIsNotTheServersOwn() {
    UnixSettings settings = new UnixSettings(Path.of("/run/desk.sock"), GROUPS, Set.of());
    MachineUsers users = new MachineUsers(new User("nobody"), new User("root"), new User("nobody"));
    UnixLogin login = UnixLogin.of(new User("nobody"), users, settings, gids("10"));
    assertNull(login.role());
    assertFalse(login.delegate());
    assertNull(login.asItself().agent());
    String refusal =
        assertThrows(UnixSocketException.class, () -> UnixServerSocket.checkOwnUser(65_534, 65_534))
            .getMessage();
    assertTrue(refusal.contains("run it as a user of its own"), refusal);
    UnixServerSocket.checkOwnUser(1_000, 65_534);
  }

  /** The names of accounts are free: the numbers count. */
  @Test
  void usersAreComparedByTheirNumbers() throws IOException {
    MachineUsers users = MachineUsers.of(new User("billets"));
    UserPrincipalLookupService machine = FileSystems.getDefault().getUserPrincipalLookupService();
    assertTrue(users.administers(machine.lookupPrincipalByName("root")));
    assertFalse(users.administers(new User("root")));
    assertTrue(users.isAnybody(machine.lookupPrincipalByName("65534")));
  }

  @Test
  void messagesShowNoControlCharacters() {
    String refusal = login("a\u001b[2Jb", GROUPS, gids("20")).asItself().refusal();
    assertTrue(refusal.startsWith("The login 'a?[2Jb' cannot"), refusal);
  }

  private static void assertIdentity(UnixLogin.Identity identity, String expected) {
    if (identity.refusal() == null) {
      assertEquals(expected, identity.agent() + " " + identity.role());
    } else {
      assertNull(identity.agent());
      assertTrue(identity.refusal().startsWith(expected), identity.refusal());
    }
  }
}
