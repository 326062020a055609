package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.model.Ticket;

/** Every key of every place does something, and no other key does. */
class EveryKeyTest {

  /** A view in a place, where there is something to do for each of its keys. */
  private static Play at(KeyContext place) {
    Ticket[] tickets =
        IntStream.rangeClosed(1, 60)
            .mapToObj(n -> ticket(n).title("Ticket " + n).description("x\n".repeat(70)).make())
            .toArray(Ticket[]::new);
    Play play = Play.live(tickets);
    play.press("/").type("ticket").press("Enter");
    play.press("/").type(" one two three").press("Enter /").type(" four five six").press("Enter");
    play.press("Esc Esc G PgUp PgUp").answer();
    play.bobLocks(play.selected()).press("b");
    return switch (place) {
      case LIST -> play.press("/").press("Ctrl-U").type("ticket").press("Enter").press("b");
      case DETAIL -> play.press("Enter").answer().press("PgDn PgDn");
      case OVERVIEW -> play.press("o");
      case PAGER -> play.press("? PgDn PgDn");
      case CHOICE -> play.press("p");
      case LINE -> play.press("/ Ctrl-U Up Up Alt-b Left Left Ctrl-W").type("ab").press("Left");
      case TEXT -> typed(play.press("c"));
      case FORM ->
          play.press("e").type(" one two three").press("Alt-b Ctrl-W").type("ab").press("Left");
    };
  }

  private static Play typed(Play play) {
    for (String line : List.of("one two three", "four five six", "seven eight nine")) {
      play.type(line).press("Alt-Enter");
    }
    return play.press("Up Up End Alt-b Ctrl-W").type("ab").press("Left");
  }

  /** All that a key could change. */
  private static String look(Play play) {
    UiModel model = play.model;
    return Stream.of(
            model.screen(),
            model.input(),
            model.pager() == null ? null : model.pager().kind() + " " + model.pager().top(),
            model.detail(),
            model.status().kind() + model.status().text(),
            model.filter() + " " + model.filter().order(),
            model.list().selectedIndex() + " " + model.list().top(),
            model.listing().frozen(),
            model.notices().bell(),
            model.view().preview())
        .map(String::valueOf)
        .reduce("", (all, one) -> all + "\n" + one);
  }

  static Stream<Arguments> keys() {
    List<Arguments> keys = new ArrayList<>();
    for (KeyContext place : KeyContext.values()) {
      for (Action action : KeyMap.USUAL.actions(place)) {
        KeyMap.USUAL.keys(action).forEach(key -> keys.add(Arguments.of(place, action, key)));
      }
    }
    return keys.stream();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyThatIsBoundDoesSomething(KeyContext place, Action action, Key key) {
    Play play = at(place);
    assertEquals(place, play.model.keyContext());
    String before = look(play);
    play.forget().press(key);
    if (play.effects.isEmpty()) {
      assertNotEquals(before, look(play), action + " does nothing");
    }
  }

  @ParameterizedTest
  @EnumSource(KeyContext.class)
  void aKeyThatIsNotBoundDoesNothing(KeyContext place) {
    Play play = at(place);
    String before = look(play);
    play.forget();
    List<Key> others = new ArrayList<>();
    for (Key.Name name : Key.Name.values()) {
      if (name != Key.Name.CHARACTER) {
        Key key = Key.named(name);
        others.addAll(List.of(key, key.withAlt(), key.withCtrl(), key.withShift()));
      }
    }
    for (char c = ' '; c < 0x7F; c++) {
      others.addAll(
          List.of(
              Key.character(c),
              Key.character(c).withAlt(),
              Key.character(Character.toLowerCase(c)).withCtrl()));
    }
    others.addAll(List.of(Key.character('é'), Key.character(0x1F525)));
    others.removeIf(key -> KeyMap.USUAL.action(place, key).isPresent());
    // Here characters are text, or answers.
    others.removeIf(
        key -> key.types() && (place.isTyping() || "lnhu".indexOf(key.character()) >= 0));
    assertFalse(others.isEmpty());
    for (Key key : others) {
      play.press(key);
      assertEquals(before, look(play), key + " is not bound");
      assertEquals(List.of(), play.effects, key + " is not bound");
    }
  }

  @ParameterizedTest
  @EnumSource(KeyContext.class)
  void whereOneTypesEveryCharacterIsText(KeyContext place) {
    if (!place.isTyping()) {
      return;
    }
    for (int c : new int[] {'a', 'q', ' ', '?', ':', '/', '1', '.', 'é', 0x1F525}) {
      Play play = at(place);
      String before = look(play);
      play.press(Key.character(c));
      assertEquals(place, play.model.keyContext());
      assertNotEquals(before, look(play), Character.toString(c));
    }
  }

  @ParameterizedTest
  @EnumSource(KeyContext.class)
  void ctrlCLeavesFromEverywhere(KeyContext place) {
    Play play = at(place);
    play.forget().press("Ctrl-C");
    assertEquals(1, play.all(Effect.LoopCommand.QUIT).size());
  }

  @Test
  void qLeavesTheList() {
    Play play = at(KeyContext.LIST);
    play.forget().press("q");
    assertEquals(1, play.all(Effect.LoopCommand.QUIT).size());
  }

  @ParameterizedTest
  @EnumSource(KeyContext.class)
  void theScreenIsPaintedAnewAndSuspendedFromEverywhere(KeyContext place) {
    Play play = at(place);
    String before = look(play);
    play.forget().press("Ctrl-L");
    assertEquals(List.of(Effect.LoopCommand.REPAINT), play.effects);
    play.forget().press("Ctrl-Z");
    assertEquals(1, play.all(Effect.LoopCommand.SUSPEND).size());
    assertEquals(before, look(play));
    assertTrue(play.all(Effect.LoopCommand.QUIT).isEmpty());
  }
}
