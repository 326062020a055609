package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "alice", "Bob.O-Neil_2", "mE", "nobody", "all.of.us"})
  void takes(String text) {
    assertTrue(AgentName.isValid(text));
    assertEquals(text, new AgentName(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "-a", ".a", "_a", "a b", "a/b", "a\n", "é", "a\u0000", "me", "none", "all"
      })
  void refuses(String text) {
    assertFalse(AgentName.isValid(text));
    assertThrows(IllegalArgumentException.class, () -> new AgentName(text));
  }

  @Test
  void takesSixtyFourCharactersAndNoMore() {
    assertTrue(AgentName.isValid("x".repeat(64)));
    assertFalse(AgentName.isValid("x".repeat(65)));
  }

  @Test
  void saysWhyAWordOfTheQueryLanguageIsNoName() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new AgentName("me"));
    assertTrue(e.getMessage().contains("query language"), e.getMessage());
  }

  @Test
  void isOrderedAsItsText() {
    assertTrue(new AgentName("alice").compareTo(new AgentName("bob")) < 0);
    assertTrue(new AgentName("B").compareTo(new AgentName("a")) < 0);
    assertEquals(0, new AgentName("bob").compareTo(new AgentName("bob")));
  }
}
