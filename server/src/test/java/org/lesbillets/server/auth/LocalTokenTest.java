package org.lesbillets.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

final class LocalTokenTest {
  @TempDir Path data;

  private String ensured(String user) throws IOException {
    Path file = LocalToken.ensure(new FileTokenStore(data), data, user);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String text = Files.readString(file);
    assertTrue(text.endsWith("\n"));
    return text.strip();
  }

  private Optional<Identity> whose(String token) {
    return TokenBook.open(new FileTokenStore(data)).identify(token);
  }

  @Test
  void isAnAdminsNamedAfterTheUser() throws IOException {
    Identity local = whose(ensured("alice")).orElseThrow();
    assertEquals(new AgentName("alice"), local.name());
    assertEquals(Role.ADMIN, local.role());
  }

  @Test
  void isMadeOnceAndAgainWhenItIsMissing() throws IOException {
    String first = ensured("alice");
    assertEquals(first, ensured("alice"));
    Files.delete(data.resolve("local.token"));
    String second = ensured("alice");
    assertNotEquals(first, second);
    assertEquals(Optional.empty(), whose(first));
    assertEquals("alice", whose(second).orElseThrow().name().value());
    assertEquals(1, new FileTokenStore(data).list().size());
    Files.delete(data.resolve("tokens"));
    assertTrue(whose(ensured("alice")).isPresent());
  }

  @Test
  void staysRevoked() throws IOException {
    String token = ensured("alice");
    new FileTokenStore(data).revoke(new AgentName("alice"));
    assertEquals(token, ensured("alice"));
    assertEquals(Optional.empty(), whose(token));
  }

  @Test
  void leavesAnAgentsOwnTokenAlone() throws IOException {
    String own = new FileTokenStore(data).add(new AgentName("alice"), Role.READER);
    String local = ensured("alice");
    assertEquals(Role.READER, whose(own).orElseThrow().role());
    assertEquals("alice-local", whose(local).orElseThrow().name().value());
    Files.delete(data.resolve("local.token"));
    assertEquals("alice-local", whose(ensured("alice")).orElseThrow().name().value());
    assertEquals(2, new FileTokenStore(data).list().size());
  }

  @ParameterizedTest
  @CsvSource({
    "alice, alice",
    "a.b_c-d, a.b_c-d",
    "DOMAIN\\alice, DOMAIN-alice",
    "jürgen, j-rgen",
    "_svc, svc",
    "alice$, alice",
    "me, admin",
    "none, admin",
    "日本, admin",
    "'', admin",
    "..., admin",
  })
  void makesAnAgentsNameOfAnyUsers(String user, String name) {
    assertEquals(name, LocalToken.name(user).value());
  }

  @Test
  void cutsALongName() {
    assertEquals("x".repeat(64), LocalToken.name("x".repeat(100)).value());
  }

  @Test
  void whereNothingCanBeWrittenItSaysSo() throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    Path data = file.resolve("data");
    TokenStore store = new FileTokenStore(data);
    assertThrows(TokenException.class, () -> LocalToken.ensure(store, data, "alice"));
  }
}
