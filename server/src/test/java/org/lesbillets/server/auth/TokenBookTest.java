package org.lesbillets.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

final class TokenBookTest {
  private static final AgentName ALICE = new AgentName("alice");
  private static final AgentName BOB = new AgentName("bob");

  @TempDir Path data;
  private final AtomicLong nanos = new AtomicLong();

  private TokenBook book() {
    return TokenBook.open(new FileTokenStore(data), nanos::get);
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private TokenStore store() {
    return new FileTokenStore(data);
  }

  @Test
  void knowsWhoseATokenIs() {
    String token = store().add(ALICE, Role.AGENT);
    TokenBook book = book();
    Identity alice = book.identify(token).orElseThrow();
    assertEquals(ALICE, alice.name());
    assertEquals(Role.AGENT, alice.role());
    assertTrue(book.stillValid(alice));
    for (String wrong : new String[] {"", "alice", token + "x", " " + token, null}) {
      assertEquals(Optional.empty(), book.identify(wrong));
    }
    assertEquals(Optional.empty(), book.identify(token.substring(1)));
    assertEquals(Optional.empty(), book.identify(token.toUpperCase(java.util.Locale.ROOT)));
    assertEquals(Optional.empty(), book.identify("x".repeat(1_000_000)));
    assertEquals(Optional.empty(), book.identify(store().list().get(0).hash()));
  }

  @Test
  void knowsANewTokenAtOnceAndThatOneIsRevokedAQuarterOfASecondLater() {
    TokenBook book = book();
    String token = store().add(ALICE, Role.AGENT);
    assertEquals(Optional.empty(), book.identify(token));
    Identity alice = book.identifyFresh(token).orElseThrow();
    assertTrue(book.refresh(), "though another call had noticed");
    assertFalse(book.refresh());

    pass(250);
    assertFalse(book.refresh());
    store().revoke(ALICE);
    pass(249);
    assertEquals(Optional.of(alice), book.identify(token));
    pass(1);
    assertTrue(book.stillValid(alice), "nobody has looked yet");
    assertTrue(book.refresh());
    assertFalse(book.stillValid(alice));
    assertEquals(Optional.empty(), book.identify(token));
  }

  @Test
  void anotherRoleOrAnotherTokenOfTheNameIsAnotherIdentity() throws IOException {
    String token = store().add(ALICE, Role.AGENT);
    TokenBook book = book();
    Identity agent = book.identify(token).orElseThrow();
    Path file = data.resolve("tokens");
    Files.writeString(file, Files.readString(file).replace("alice agent", "alice reader"));
    pass(250);
    assertTrue(book.refresh());
    assertFalse(book.stillValid(agent));
    Identity reader = book.identify(token).orElseThrow();
    assertEquals(Role.READER, reader.role());
    store().revoke(ALICE);
    store().add(ALICE, Role.READER);
    pass(250);
    assertTrue(book.refresh());
    assertFalse(book.stillValid(reader));
  }

  @Test
  void aRemarkChangesNobody() throws IOException {
    store().add(ALICE, Role.AGENT);
    TokenBook book = book();
    Path file = data.resolve("tokens");
    Files.writeString(file, Files.readString(file) + "# a remark\n");
    pass(250);
    assertFalse(book.refresh());
  }

  @Test
  void aDamagedFileAdmitsNoneAndKeepsOnlyTheTokensOfIntactLines() throws IOException {
    String alices = store().add(ALICE, Role.AGENT);
    String bobs = store().add(BOB, Role.ADMIN);
    TokenBook book = book();
    Identity alice = book.identify(alices).orElseThrow();
    Identity bob = book.identify(bobs).orElseThrow();
    Path file = data.resolve("tokens");
    String good = Files.readString(file);
    Files.writeString(file, good.replaceAll("bob admin ....", "bob admin \u00e9"));
    pass(250);
    assertFalse(book.refresh(), "the first failure may be a file that is being written");
    assertTrue(book.trouble().orElseThrow().contains("Line 3"), book.trouble().toString());
    assertEquals(Optional.empty(), book.identify(alices));
    assertEquals(Optional.empty(), book.identifyFresh(alices));
    pass(250);
    assertTrue(book.refresh());
    assertTrue(book.stillValid(alice));
    assertFalse(book.stillValid(bob));

    Files.writeString(file, good);
    pass(250);
    assertTrue(book.refresh());
    assertEquals(Optional.empty(), book.trouble());
    assertEquals(Optional.of(bob), book.identify(bobs));
    assertTrue(book.stillValid(bob));
  }

  @Test
  void anUnreadableFileAdmitsNoneAndEndsAllTokensAtTheSecondLook() throws IOException {
    String token = store().add(ALICE, Role.AGENT);
    TokenBook book = book();
    Identity alice = book.identify(token).orElseThrow();
    Path file = data.resolve("tokens");
    String good = Files.readString(file);
    Files.delete(file);
    Files.createDirectory(file);
    pass(250);
    assertFalse(book.refresh());
    assertTrue(book.stillValid(alice));
    assertEquals(Optional.empty(), book.identify(token));
    assertTrue(book.trouble().isPresent());
    pass(250);
    assertTrue(book.refresh());
    assertFalse(book.stillValid(alice));
    assertFalse(book.refresh(), "once");

    Files.delete(file);
    Files.writeString(file, good);
    pass(250);
    assertEquals(Optional.empty(), book.trouble());
    assertEquals(Optional.of(alice), book.identify(token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob adm%s 2026-01-01T00:00:00Z",
        "bob %s admin 2026-01-01T00:00:00Z",
        "%s admin x 2026-01-01T00:00:00Z",
        "bob admin %s %1$s",
        "bob admin %s 2026-01-01T00:00:00Z %1$s",
      })
  void noReasonRepeatsAHash(String line) throws IOException {
    TokenBook book = book();
    String hash = TokenEntry.hashOf("secret");
    Files.writeString(data.resolve("tokens"), line.formatted(hash));
    pass(250);
    String reason = book.trouble().orElseThrow();
    assertTrue(reason.contains("Line 1"), reason);
    assertFalse(reason.contains(hash.substring(0, 8)), reason);
  }

  @Test
  void twoLinesOfOneNameVouchForNone() throws IOException {
    String token = store().add(ALICE, Role.AGENT);
    TokenBook book = book();
    Identity alice = book.identify(token).orElseThrow();
    Path file = data.resolve("tokens");
    Files.writeString(
        file, Files.readString(file) + "alice admin " + "0".repeat(64) + " 2026-01-01T00:00:00Z\n");
    pass(250);
    book.refresh();
    pass(250);
    assertTrue(book.refresh());
    assertFalse(book.stillValid(alice));
  }

  @Test
  void theTableIsKeyedAnewInEachProcess() {
    String token = store().add(ALICE, Role.AGENT);
    String hash = store().list().get(0).hash();
    String first = book().blinded(hash);
    assertFalse(first.equals(book().blinded(hash)), "no look-up can be replayed");
    assertFalse(first.equals(hash) || first.equals(TokenEntry.hashOf(token)));
  }

  @Test
  void aFileTakenAwayTakesEverybodyAway() throws IOException {
    String token = store().add(ALICE, Role.AGENT);
    TokenBook book = book();
    Files.delete(data.resolve("tokens"));
    pass(250);
    assertEquals(Optional.empty(), book.identify(token));
    assertTrue(book.refresh());
  }

  @Test
  void cannotStartWithADamagedFile() throws IOException {
    Files.writeString(data.resolve("tokens"), "nonsense\n");
    TokenException refused = assertThrows(TokenException.class, this::book);
    assertTrue(refused.getMessage().contains("Line 1"), refused.getMessage());
  }

  @Test
  void noticesInRealTimeToo() {
    TokenBook book = TokenBook.open(new FileTokenStore(data));
    String token = store().add(ALICE, Role.AGENT);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> book.identify(token).isPresent());
  }
}
