package org.lesbillets.model.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserDirectoriesTest {
  private static final Path ACCOUNT = Path.of("/home/account");

  private static UserDirectories with(String variable, String value) {
    return new UserDirectories(Map.of(variable, value), ACCOUNT);
  }

  @Test
  void homeIsWhatTheVariableSays() {
    UserDirectories directories = with("HOME", "/x é");
    assertEquals(Path.of("/x é"), directories.home());
    assertEquals(Path.of("/x é/.config/billets"), directories.config());
    assertEquals(Path.of("/x é/.local/state/billets"), directories.state());
    assertEquals(Path.of("/x é/.local/state/billets/server"), directories.serverData());
    assertEquals(Path.of("/x é/a/b"), directories.path("~/a/b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "./x", "?", "~", "~/x"})
  void aHomeThatIsNotAbsoluteIsThatOfTheAccount(String home) {
    assertEquals(ACCOUNT, with("HOME", home).home());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "?", "x", "./x"})
  void withoutBothThereIsNone(String account) {
    Path path = account == null ? null : Path.of(account);
    UserDirectories directories = new UserDirectories(Map.of("HOME", "relative"), path);
    assertThrows(NoHomeException.class, directories::home);
    assertThrows(NoHomeException.class, directories::config);
    assertThrows(NoHomeException.class, directories::serverData);
    assertThrows(NoHomeException.class, () -> directories.path("~/x"));
    assertEquals(Path.of("x"), directories.path("x"));
  }

  @Test
  void whatTheXdgVariablesNameNeedsNoHome() {
    UserDirectories directories =
        new UserDirectories(Map.of("XDG_CONFIG_HOME", "/c", "XDG_STATE_HOME", "/s"), null);
    assertEquals(Path.of("/c/billets"), directories.config());
    assertEquals(Path.of("/s/billets/server"), directories.serverData());
  }

  @ParameterizedTest
  @CsvSource({"''", "relative", "./x", "~/x"})
  void anXdgPathThatIsNotAbsoluteCountsAsNone(String value) {
    assertEquals(ACCOUNT.resolve(".config/billets"), with("XDG_CONFIG_HOME", value).config());
    assertEquals(ACCOUNT.resolve(".local/state/billets"), with("XDG_STATE_HOME", value).state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"~", "~x", "x~/y", "a", "/a"})
  void onlyATildeAndASlashAreTheHome(String text) {
    assertEquals(Path.of(text), with("HOME", "/x").path(text));
  }
}
