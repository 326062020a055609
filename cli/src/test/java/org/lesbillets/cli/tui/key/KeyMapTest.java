package org.lesbillets.cli.tui.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyMapTest {
  /** What people write into their configuration: a name that changes breaks their file. */
  private static final String NAMES =
      "accept all assign back bell cancel claim clear command comment complete delete delete-to-end"
          + " delete-word describe discard earlier edit editor erase erase-to-start erase-word exit"
          + " filter first freeze half-down half-up help help-while-typing last later"
          + " leave-overview left line-down line-end line-start line-up lock new new-line next"
          + " next-field next-ticket open opening-view overview page-down page-on page-up preview"
          + " previous previous-field previous-ticket priority push put-away quit reconnect repaint"
          + " reverse right save send snooze sort status steal suspend tags take transpose unlock"
          + " view-1 view-2 view-3 view-4 view-5 view-6 view-7 view-8 view-9 wait word-left"
          + " word-right yank";

  private static Key key(String spelling) {
    return Key.spelt(spelling).orElseThrow();
  }

  private static String mistake(Map<String, List<String>> others) {
    return assertThrows(KeyMap.KeyMapException.class, () -> KeyMap.of(others)).getMessage();
  }

  @Test
  void theNamesStayAsTheyAre() {
    assertEquals(
        NAMES,
        Arrays.stream(Action.values()).map(Action::id).sorted().collect(Collectors.joining(" ")));
    for (Action action : Action.values()) {
      assertEquals(Optional.of(action), Action.named(action.id()));
    }
    assertEquals(Optional.empty(), Action.named("OPEN"));
    assertEquals(Optional.empty(), Action.named(""));
  }

  @ParameterizedTest
  @EnumSource(KeyContext.class)
  void everyActionOfAPlaceHasAKeyThatDoesIt(KeyContext place) {
    assertFalse(KeyMap.USUAL.actions(place).isEmpty());
    for (Action action : Action.values()) {
      boolean here = action.contexts().contains(place);
      assertEquals(here, KeyMap.USUAL.actions(place).contains(action), action + " in " + place);
      assertFalse(KeyMap.USUAL.keys(action).isEmpty(), action + " has no key");
      for (Key key : KeyMap.USUAL.keys(action)) {
        assertEquals(
            here,
            KeyMap.USUAL.action(place, key).filter(action::equals).isPresent(),
            key + " in " + place);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(KeyContext.class)
  void noKeyDoesTwoThings(KeyContext place) {
    Map<Key, Action> known = new HashMap<>();
    for (Action action : KeyMap.USUAL.actions(place)) {
      for (Key key : KeyMap.USUAL.keys(action)) {
        assertEquals(null, known.put(key, action), key + " in " + place);
      }
    }
  }

  @Test
  void noKeyIsListedTwiceForOneAction() {
    for (Action action : Action.values()) {
      List<Key> keys = KeyMap.USUAL.keys(action);
      assertEquals(keys.size(), new HashSet<>(keys).size(), action + ": " + keys);
    }
  }

  @ParameterizedTest
  @EnumSource(KeyContext.class)
  void whereOneTypesNoActionIsOnACharacter(KeyContext place) {
    if (!place.isTyping()) {
      return;
    }
    for (Action action : KeyMap.USUAL.actions(place)) {
      KeyMap.USUAL.keys(action).forEach(key -> assertFalse(key.types(), action + " on " + key));
    }
  }

  @Test
  void oneCanLeaveFromEverywhere() {
    for (KeyContext place : KeyContext.values()) {
      assertEquals(
          Optional.of(Action.EXIT), KeyMap.USUAL.action(place, Key.character('c').withCtrl()));
      Set<Action> out = Set.of(Action.BACK, Action.CANCEL, Action.QUIT);
      assertTrue(KeyMap.USUAL.actions(place).stream().anyMatch(out::contains), place + "");
    }
  }

  @Test
  void theViewsHaveTheirNumbers() {
    for (int n = 1; n <= 9; n++) {
      Action view = KeyMap.USUAL.action(KeyContext.LIST, Key.character('0' + n)).orElseThrow();
      assertEquals(n - 1, view.view());
    }
    assertEquals(-1, Action.ALL.view());
    assertEquals(-1, Action.NEXT.view());
  }

  @Test
  void otherKeysTakeThePlaceOfTheUsualOnes() throws Exception {
    KeyMap map = KeyMap.of(Map.of("quit", List.of("Q", "Alt-F4")));
    assertEquals(List.of(key("Q"), key("Alt-F4")), map.keys(Action.QUIT));
    assertEquals(Optional.of(Action.QUIT), map.action(KeyContext.LIST, key("Alt-F4")));
    assertEquals(Optional.empty(), map.action(KeyContext.LIST, key("q")));
    assertEquals(Optional.of(Action.BACK), map.action(KeyContext.DETAIL, key("q")));
  }

  @Test
  void twoActionsCanChangeKeys() throws Exception {
    KeyMap map = KeyMap.of(Map.of("next", List.of("n"), "new", List.of("j")));
    assertEquals(Optional.of(Action.NEXT), map.action(KeyContext.LIST, key("n")));
    assertEquals(Optional.of(Action.NEW), map.action(KeyContext.LIST, key("j")));
    assertEquals(Optional.empty(), map.action(KeyContext.LIST, key("Down")));
  }

  @Test
  void anActionCanBeLeftWithoutAKey() throws Exception {
    KeyMap map = KeyMap.of(Map.of("steal", List.of()));
    assertEquals(List.of(), map.keys(Action.STEAL));
    assertEquals(Optional.empty(), map.action(KeyContext.LIST, key("L")));
    assertFalse(map.actions(KeyContext.LIST).contains(Action.STEAL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "pge-down|x|there is no action 'pge-down': did you mean 'page-down'?",
        "quit|Ctrl+Q|'Ctrl+Q' for quit is no key: write it as in j, Down, PgUp, Ctrl-R, Alt-Enter,"
            + " F5 or Space",
        "quit|\"\"|'' for quit is no key: write it as in j, Down, PgUp, Ctrl-R, Alt-Enter, F5 or"
            + " Space",
        "open|j|the key 'j' would do both open and next: give one of them another",
        "quit|Ctrl-C|the key 'Ctrl-C' would do both quit and exit: give one of them another",
        "comment|Ctrl-M|the key 'Enter' would do both open and comment: give one of them another",
        "cancel|x|cancel cannot be on 'x': it is a character to type there",
        "save|Space|save cannot be on 'Space': it is a character to type there"
      })
  void aMistakeIsOneSentence(String action, String spelling, String sentence) {
    assertEquals(sentence, mistake(Map.of(action, List.of(spelling))));
  }

  @Test
  void aNameThatIsLikeNoneIsAnsweredWithAllOfThem() {
    String sentence = mistake(Map.of("frobnicate", List.of("x")));
    assertTrue(sentence.startsWith("there is no action 'frobnicate': there are open, back, "));
    List<String> missing = new ArrayList<>(List.of(NAMES.split(" ")));
    missing.removeIf(sentence::contains);
    assertEquals(List.of(), missing);
  }
}
