package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lesbillets.model.Comment;
import org.lesbillets.model.event.RandomEvents;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/** Holds the codecs to the files: what version 1 looks like, for ever. */
class GoldenTest {
  private static final String WITH_COMMENTS = "TicketCreated.comments";

  @TestFactory
  Stream<DynamicTest> requests() {
    return GoldenRequests.all().entrySet().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.getKey(), () -> request(golden.getKey(), golden.getValue())));
  }

  private static void request(String name, ClientMessage message) throws Exception {
    String json = MessageCodec.encode(message);
    GoldenFile.assertSame(GoldenFile.WIRE, name, json);
    ClientMessage read = MessageCodec.decodeClientMessage(GoldenFile.read(GoldenFile.WIRE, name));
    assertEquals(json, MessageCodec.encode(read));
    assertEquals(message, read);
    assertEquals(message, MessageCodec.decodeClientMessage(json, message.requestId()), "strictly");
  }

  @TestFactory
  Stream<DynamicTest> answers() {
    return GoldenAnswers.all().entrySet().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.getKey(), () -> answer(golden.getKey(), golden.getValue())));
  }

  private static void answer(String name, ServerMessage message) throws Exception {
    GoldenFile.assertSame(GoldenFile.WIRE, name, MessageCodec.encode(message));
    String json = GoldenFile.read(GoldenFile.WIRE, name);
    assertEquals(message, MessageCodec.decodeServerMessage(json));
  }

  @TestFactory
  Stream<DynamicTest> storedEvents() {
    return GoldenEvents.all().entrySet().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.getKey(), () -> stored(golden.getKey(), golden.getValue())));
  }

  private static void stored(String name, WireEvent event) throws Exception {
    String json = new String(JournalCodec.encodeEvent(event, List.of()), StandardCharsets.UTF_8);
    GoldenFile.assertSame(GoldenFile.JOURNAL, name, json);
    byte[] kept = GoldenFile.read(GoldenFile.JOURNAL, name).getBytes(StandardCharsets.UTF_8);
    assertEquals(RandomEvents.settled(event), JournalCodec.decodeEvent(kept));
  }

  @Test
  void theCommentsOfAnImportAreStoredWithTheEvent() throws Exception {
    WireEvent event = GoldenEvents.all().get("TicketCreated.imported");
    List<Comment> comments =
        List.of(GoldenSamples.COMMENT.withId(1), GoldenSamples.COMMENT.withId(2));
    byte[] stored = JournalCodec.encodeEvent(event, comments);
    GoldenFile.assertSame(
        GoldenFile.JOURNAL, WITH_COMMENTS, new String(stored, StandardCharsets.UTF_8));
    byte[] kept =
        GoldenFile.read(GoldenFile.JOURNAL, WITH_COMMENTS).getBytes(StandardCharsets.UTF_8);
    assertEquals(comments, JournalCodec.decodeComments(kept));
    assertEquals(RandomEvents.settled(event), JournalCodec.decodeEvent(kept));
    assertEquals(
        List.of(), JournalCodec.decodeComments(JournalCodec.encodeEvent(event, List.of())));
  }

  @Test
  void everyKindOfMessageAndEventHasAFile() {
    assertEquals(kinds(ClientMessage.class), kindsOf(GoldenRequests.all().values()));
    assertEquals(kinds(ServerMessage.class), kindsOf(GoldenAnswers.all().values()));
    assertEquals(kinds(WireEvent.class), kindsOf(GoldenEvents.all().values()));
  }

  @Test
  void everyFileIsHeldByATest() throws IOException {
    Set<String> held = new TreeSet<>(GoldenRequests.all().keySet());
    held.addAll(GoldenAnswers.all().keySet());
    held.addAll(UnservedTest.FILES);
    assertEquals(held, GoldenFile.names(GoldenFile.WIRE));
    Set<String> stored = new TreeSet<>(GoldenEvents.all().keySet());
    stored.add(WITH_COMMENTS);
    assertEquals(stored, GoldenFile.names(GoldenFile.JOURNAL));
  }

  private static Set<Class<?>> kindsOf(Collection<?> messages) {
    return messages.stream().map(Object::getClass).collect(Collectors.toSet());
  }

  private static Set<Class<?>> kinds(Class<?> sealed) {
    Set<Class<?>> kinds = new HashSet<>();
    for (Class<?> kind : sealed.getPermittedSubclasses()) {
      if (kind.isRecord()) {
        kinds.add(kind);
      } else {
        kinds.addAll(kinds(kind));
      }
    }
    return kinds;
  }

  @Test
  void aFingerprintStaysTheSameFromVersionToVersion() throws IOException {
    Map<String, String> prints = new TreeMap<>();
    GoldenRequests.all()
        .forEach(
            (name, message) -> {
              if (message instanceof ClientMessage.Change change) {
                prints.put(name, Fingerprint.of(change));
              }
            });
    String json =
        prints.entrySet().stream()
            .map(print -> "\"" + print.getKey() + "\":\"" + print.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    GoldenFile.assertSame(GoldenFile.ROOT, "fingerprints", json);
  }
}
