package org.lesbillets.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.KnownBy;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.ClientConnection;
import org.lesbillets.server.desk.index.Standing;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;

/** What sessions are told and keep: in a drain, and after they were kicked. */
class SessionRegistryTest {
  private static final SessionOrigin ALICE =
      new SessionOrigin(new AgentName("alice"), Role.AGENT, () -> true);
  private static final SessionOrigin ADA =
      new SessionOrigin(new AgentName("ada"), Role.ADMIN, () -> true);

  private final SessionRig rig = new SessionRig(1024 * 1024);
  private final SessionRegistry registry = new SessionRegistry();
  private final FakeTransport transport = new FakeTransport();

  @AfterEach
  void close() {
    rig.close();
  }

  private List<String> types() {
    rig.settle();
    return transport.frames().stream()
        .map(
            frame ->
                frame.opcode() == Frame.CLOSE
                    ? "close " + frame.closeCode()
                    : frame.text().replaceAll("^\\{\"type\":\"(\\w+)\".*", "$1"))
        .toList();
  }

  /** Its handshake was admitted before the drain began. */
  @Test
  void aSessionThatBeginsDuringADrainIsToldAndEndsWithTheOthers() {
    rig.drain().begin(Duration.ofSeconds(5));
    rig.drain().begin(Duration.ofSeconds(3));
    ClientSession session = rig.open(registry, ALICE, transport);
    assertEquals(List.of("Welcome", "Draining"), types());
    assertTrue(transport.frames().get(1).text().contains("3000"));
    rig.pass(session, Duration.ofSeconds(4));
    assertEquals(List.of("Welcome", "Draining", "close 1012"), types());
  }

  @Test
  void oneThatAdministersTheDrainedServerStays() {
    rig.drain().begin(Duration.ofSeconds(3));
    rig.pass(rig.open(registry, ALICE, new FakeTransport()), Duration.ofSeconds(1));
    ClientSession session = rig.open(registry, ADA.administering(), transport);
    rig.pass(session, Duration.ofSeconds(4));
    assertEquals(List.of("Welcome"), types());
  }

  @Test
  void oneThatAdministersFromBeforeTheDrainEndsWithTheOthers() {
    ClientSession session = rig.open(registry, ADA.administering(), transport);
    rig.pass(session, Duration.ofSeconds(1));
    rig.drain().begin(Duration.ofSeconds(3));
    rig.pass(session, Duration.ofSeconds(4));
    assertEquals(List.of("Welcome", "close 1012"), types());
  }

  /** The drain only makes the handshake's thread look at the clock behind the welcome. */
  @Test
  void nothingIsLeftOfASessionWhoseWelcomeCannotBeWritten() {
    rig.drain().begin(Duration.ofSeconds(30));
    rig.settleBeforeEachLook();
    UUID client = new UUID(0, 1);
    FakeTransport lost = new FakeTransport().becomes(FakeTransport.Way.FAILS);
    ClientSession over = rig.open(registry, ALICE.of(new ClientConnection(client, 2)), lost);
    rig.settle();
    assertEquals(SessionEnd.CONNECTION_FAILED, rig.reason(over));
    assertEquals(0, registry.size());
    assertEquals(0, registry.sizeOf(ALICE.agent()));
    assertEquals(0, rig.driven());
    ClientSession next = rig.open(registry, ALICE.of(new ClientConnection(client, 1)), transport);
    assertEquals(List.of("Welcome", "Draining"), types());
    assertNull(rig.reason(next), "nothing is known of a later session of the client");
    assertEquals(1, rig.driven());
  }

  @Test
  void whoIsKickedMayNotKeepWhatLastsLongerThanTheSession() {
    ClientSession session = rig.open(registry, ALICE, transport);
    Standing standing = session.standing();
    assertTrue(standing.holds().join());
    assertFalse(registry.kick("s-none", "no such session"));
    assertTrue(standing.holds().join());
    assertTrue(registry.kick(session.id(), "its script loops"));
    assertFalse(standing.holds().join());
  }

  /** A token that was revoked, and a login that left its groups. */
  @Test
  void norMayWhoseRightHasEnded() {
    AtomicBoolean valid = new AtomicBoolean(true);
    AtomicBoolean member = new AtomicBoolean(true);
    SessionOrigin origin =
        new SessionOrigin(
            ALICE.agent(),
            ALICE.role(),
            valid::get,
            KnownBy.UNIX,
            () -> "alice",
            null,
            () -> CompletableFuture.completedFuture(member.get()),
            false);
    Standing standing = rig.open(registry, origin, transport).standing();
    assertTrue(standing.holds().join());
    member.set(false);
    assertFalse(standing.holds().join());
    member.set(true);
    valid.set(false);
    assertFalse(standing.holds().join());
  }
}
