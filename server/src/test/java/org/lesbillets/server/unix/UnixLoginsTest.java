package org.lesbillets.server.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A name service that does not answer delays only those that it was asked about. */
class UnixLoginsTest {
  private static final UserPrincipal OWN = () -> "billets";
  private static final MachineUsers USERS = new MachineUsers(OWN, () -> "root", () -> "nobody");
  private static final UnixSettings SETTINGS =
      new UnixSettings(Path.of("/run/desk.sock"), Map.of(), Set.of());

  @Test
  void aUserWhoseNameIsNotFoundDelaysNoOther() throws Exception {
    CompletableFuture<UserPrincipal> late = new CompletableFuture<>();
    try (SocketChannel slow = SocketChannel.open(StandardProtocolFamily.UNIX);
        SocketChannel quick = SocketChannel.open(StandardProtocolFamily.UNIX);
        UnixLogins logins =
            new UnixLogins(
                SETTINGS, USERS, accepted -> accepted == slow ? late.get() : OWN, user -> null)) {
      CompletableFuture<Optional<UserPrincipal>> waits = logins.userOf(slow);
      assertEquals(Optional.of(OWN), logins.userOf(quick).get());
      assertFalse(waits.isDone());
      late.completeExceptionally(new IllegalStateException("no answer"));
      assertEquals(Optional.empty(), waits.get());
    }
  }

  @Test
  void ofAUserThatIsNotFoundNothingIsKnown() {
    try (UnixLogins logins = new UnixLogins(SETTINGS, USERS, accepted -> OWN, user -> null)) {
      UnixLogin login = logins.identify(Optional.empty()).join();
      assertFalse(login.known());
      assertFalse(login.delegate());
      assertTrue(login.asItself().agent() == null);
      assertEquals("?", UnixLogins.shown(Optional.empty()));
    }
  }
}
