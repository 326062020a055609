package org.lesbillets.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.journal.ChildJvm;

final class FileTokenStoreTest {
  private static final AgentName ALICE = new AgentName("alice");
  private static final AgentName BOB = new AgentName("bob");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

  @TempDir Path temp;

  private TokenStore store() {
    return new FileTokenStore(temp.resolve("data"), new TokenMint(new Random(7), () -> NOON));
  }

  @Test
  void aTokenIsShownOnceAndKeptAsItsHash() throws IOException {
    String token = store().add(ALICE, Role.AGENT);
    assertTrue(token.matches("blt_[A-Za-z0-9_-]{43}"), token);
    String text = Files.readString(temp.resolve("data/tokens"));
    assertFalse(text.contains(token));
    assertTrue(text.startsWith("#"), text);
    String hash = TokenEntry.hashOf(token);
    assertTrue(text.endsWith("\nalice agent " + hash + " 2026-11-22T12:00:00Z\n"), text);
    Instant second = Instant.parse("2026-11-22T12:00:00Z");
    assertEquals(List.of(new TokenEntry(ALICE, Role.AGENT, hash, second, false)), store().list());
    assertEquals(
        new Identity(ALICE, Role.AGENT, hash.substring(0, 16)), store().list().get(0).identity());
  }

  @Test
  void everyTokenIsAnother() {
    TokenStore store = new FileTokenStore(temp);
    assertNotEquals(store.add(ALICE, Role.AGENT), store.add(BOB, Role.AGENT));
  }

  @Test
  void filesAreTheirOwnersOnly() throws IOException {
    store().add(ALICE, Role.ADMIN);
    store().revoke(ALICE);
    assertEquals("rwx------", mode(temp.resolve("data")));
    assertEquals("rw-------", mode(temp.resolve("data/tokens")));
    assertEquals("rw-------", mode(temp.resolve("data/tokens.lock")));
    try (var files = Files.list(temp.resolve("data"))) {
      assertEquals(2, files.count(), "no parts are left");
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aNameHasOneToken() {
    store().add(ALICE, Role.AGENT);
    TokenException refused =
        assertThrows(TokenException.class, () -> store().add(ALICE, Role.ADMIN));
    assertTrue(refused.getMessage().contains("'alice' has a token already"));
    assertEquals(1, store().list().size());
    store().revoke(ALICE);
    assertEquals(List.of(), store().list());
    refused = assertThrows(TokenException.class, () -> store().revoke(ALICE));
    assertTrue(refused.getMessage().contains("'alice' has no token"));
    store().add(ALICE, Role.READER);
    assertEquals(Role.READER, store().list().get(0).role());
  }

  @Test
  void remarksStayWhereTheyAre() throws IOException {
    store().add(ALICE, Role.AGENT);
    Path file = temp.resolve("data/tokens");
    String mine =
        "  # the night shift\n\n\tbob   admin\t" + "0".repeat(64) + " 2020-01-01T00:00:00Z\n";
    Files.writeString(file, Files.readString(file) + mine);
    assertEquals(List.of(ALICE, BOB), store().list().stream().map(TokenEntry::name).toList());
    store().revoke(ALICE);
    assertTrue(Files.readString(file).endsWith(mine), Files.readString(file));
    store().revoke(BOB);
    assertTrue(Files.readString(file).endsWith("# the night shift\n\n"), Files.readString(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "alice agent                      | a line is: name role hash time",
        "al/ice agent HASH TIME           | an agent's name is",
        "me agent HASH TIME               | is a word of the query language",
        "alice boss HASH TIME             | 'boss' is no role",
        "alice agent 12ab TIME            | a hash is 64 hexadecimal digits",
        "alice agent HASH yesterday       | 'yesterday' is no time",
        "alice agent HASH TIME remote     | a line is: name role hash time",
        "carol agent HASH TIME            | 'carol' has a line already",
      })
  void aDamagedLineIsNamed(String line, String why) throws IOException {
    Path file = Files.createDirectories(temp.resolve("data")).resolve("tokens");
    String carol = "carol agent HASH TIME";
    String text = ("# remark\n" + carol + "\n" + line + "\n");
    text = text.replace("HASH", "a".repeat(64)).replace("TIME", "2026-11-22T12:00:00Z");
    Files.writeString(file, text);
    for (Runnable use :
        List.<Runnable>of(() -> store().list(), () -> store().add(BOB, Role.AGENT))) {
      TokenException refused = assertThrows(TokenException.class, use::run);
      assertTrue(refused.getMessage().startsWith("Line 3 of the tokens file " + file), why);
      assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
    assertEquals(text, Files.readString(file), "left as it was");
  }

  @Test
  void whereNothingCanBeWrittenItSaysSo() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    TokenStore store = new FileTokenStore(file.resolve("data"));
    TokenException refused = assertThrows(TokenException.class, () -> store.add(ALICE, Role.AGENT));
    assertTrue(refused.getMessage().contains("--data"), refused.getMessage());
  }

  @Test
  void adderThreadsLoseNothing() {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Void>> adders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "agent" + i;
      adders.add(
          CompletableFuture.runAsync(
              () -> {
                for (int k = 0; k < 10; k++) {
                  new FileTokenStore(temp).add(new AgentName(name + "-" + k), Role.AGENT);
                }
              },
              pool));
    }
    adders.forEach(CompletableFuture::join);
    pool.shutdown();
    Set<AgentName> names = new HashSet<>();
    new FileTokenStore(temp).list().forEach(entry -> names.add(entry.name()));
    assertEquals(80, names.size());
  }

  @Test
  void adderProcessesLoseNothing() throws Exception {
    List<Process> adders = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      adders.add(ChildJvm.start(TokenAdder.class, temp.toString(), name, "40"));
    }
    for (Process adder : adders) {
      assertEquals(0, adder.waitFor());
    }
    assertEquals(80, new FileTokenStore(temp).list().size());
  }
}
