package org.lesbillets.model.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.ClientMessage;

/** Every request there is, against every role. */
class RequiredRoleTest {
  private static final String TABLE =
      """
      message        reader      agent       admin
      GetTickets     admitted    admitted    admitted
      GetTicket      admitted    admitted    admitted
      CreateTicket   FORBIDDEN   admitted    admitted
      LockTicket     FORBIDDEN   admitted    admitted
      CancelWait     admitted    admitted    admitted
      ClaimTicket    FORBIDDEN   admitted    admitted
      UpdateTicket   FORBIDDEN   admitted    admitted
      CommentTicket  FORBIDDEN   admitted    admitted
      RaiseTicket    FORBIDDEN   admitted    admitted
      UnlockTicket   FORBIDDEN   admitted    admitted
      ImportTicket   FORBIDDEN   FORBIDDEN   admitted
      ImportComment  FORBIDDEN   FORBIDDEN   admitted
      RedactTicket   FORBIDDEN   FORBIDDEN   admitted
      ListSessions   FORBIDDEN   FORBIDDEN   admitted
      KickSession    FORBIDDEN   FORBIDDEN   admitted
      Drain          FORBIDDEN   FORBIDDEN   admitted
      Ping           admitted    admitted    admitted
      """;

  private static final Map<String, ClientMessage> SAMPLES = RuleSamples.everyMessage();

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Stream.of(type.getPermittedSubclasses()).flatMap(RequiredRoleTest::records);
  }

  private static Map<String, List<String>> table() {
    return TABLE
        .lines()
        .skip(1)
        .map(line -> List.of(line.split("\\s{2,}")))
        .collect(
            Collectors.toMap(
                row -> row.get(0), row -> row.subList(1, 4), (a, b) -> a, TreeMap::new));
  }

  @Test
  void theTableAndTheSamplesHoldEveryRequestThereIs() {
    Set<String> all =
        records(ClientMessage.class)
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(all, table().keySet());
    assertEquals(all, new TreeSet<>(SAMPLES.keySet()));
  }

  @TestFactory
  Stream<DynamicTest> everyRequestByEveryRole() {
    return table().entrySet().stream()
        .flatMap(
            row ->
                Stream.of(Role.values())
                    .map(
                        role -> {
                          String expected = row.getValue().get(role.ordinal());
                          return DynamicTest.dynamicTest(
                              row.getKey() + " by a " + role.wireName() + ": " + expected,
                              () -> check(SAMPLES.get(row.getKey()), role, expected));
                        }));
  }

  private static void check(ClientMessage message, Role role, String expected) {
    Optional<Decision.Rejected> refusal = TicketRules.refusal(message, role);
    assertEquals(expected, refusal.map(no -> no.code().name()).orElse("admitted"));
    refusal.ifPresent(
        no -> {
          assertTrue(no.message().startsWith(message.type() + " "), no.message());
          assertTrue(no.message().endsWith("."), no.message());
        });
  }
}
