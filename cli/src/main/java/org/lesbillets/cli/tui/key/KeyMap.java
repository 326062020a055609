package org.lesbillets.cli.tui.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.model.query.Spelling;

/**
 * The binding of keys to actions for each context. Footer and help are built from it, so that no
 * key is left out. Immutable; any thread.
 */
public final class KeyMap {

  /** A configured key map that is invalid. */
  public static final class KeyMapException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> actions;

    KeyMapException(String sentence, String... actions) {
      super(sentence);
      this.actions = new ArrayList<>(List.of(actions));
    }

    /** The names of the actions whose keys are wrong; one of them was configured. */
    public List<String> actions() {
      return List.copyOf(actions);
    }
  }

  /** The default bindings. */
  public static final KeyMap USUAL = usual();

  private final Map<KeyContext, Map<Key, Action>> actions;
  private final Map<Action, List<Key>> keys;

  private KeyMap(Map<Action, List<Key>> keys) throws KeyMapException {
    this.keys = keys;
    this.actions = new EnumMap<>(KeyContext.class);
    for (KeyContext context : KeyContext.values()) {
      actions.put(context, new LinkedHashMap<>());
    }
    for (Map.Entry<Action, List<Key>> entry : keys.entrySet()) {
      for (Key key : entry.getValue()) {
        bind(key, entry.getKey());
      }
    }
  }

  private static KeyMap usual() {
    try {
      return of(Map.of());
    } catch (KeyMapException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The default bindings with some actions rebound.
   *
   * @param others for names of actions, the spellings of the keys that replace the default ones
   * @throws KeyMapException if a name or a key is unknown, or a key would be bound twice in a
   *     context
   */
  public static KeyMap of(Map<String, List<String>> others) throws KeyMapException {
    Map<Action, List<Key>> keys = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      keys.put(action, read(action, action.usualKeys()));
    }
    for (Map.Entry<String, List<String>> other : others.entrySet()) {
      Action action = Action.named(other.getKey()).orElseThrow(() -> unknown(other.getKey()));
      keys.put(action, read(action, other.getValue()));
    }
    return new KeyMap(keys);
  }

  /**
   * Lists the names: the help, which has them too, cannot be opened when the view does not start.
   */
  private static KeyMapException unknown(String name) {
    List<String> names = Arrays.stream(Action.values()).map(Action::id).toList();
    return new KeyMapException(Spelling.unknown("action", name, names), name);
  }

  /** These bindings without the keys of some actions, which cannot be done then. */
  public KeyMap without(Collection<Action> refused) {
    Map<Action, List<Key>> fewer = new EnumMap<>(keys);
    refused.forEach(action -> fewer.put(action, List.of()));
    try {
      return new KeyMap(fewer);
    } catch (KeyMapException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Key> read(Action action, List<String> spellings) throws KeyMapException {
    List<Key> keys = new ArrayList<>();
    for (String spelling : spellings) {
      keys.add(
          Key.spelt(spelling)
              .orElseThrow(
                  () ->
                      new KeyMapException(
                          "'"
                              + spelling
                              + "' for "
                              + action.id()
                              + " is no key: write it as in j, Down, PgUp, Ctrl-R, Alt-Enter, F5"
                              + " or Space",
                          action.id())));
    }
    return List.copyOf(keys);
  }

  private void bind(Key key, Action action) throws KeyMapException {
    for (KeyContext context : action.contexts()) {
      if (context.isTyping() && key.types()) {
        throw new KeyMapException(
            action.id() + " cannot be on '" + key + "': it is a character to type there",
            action.id());
      }
      Action taken = actions.get(context).put(key, action);
      if (taken != null && taken != action) {
        throw new KeyMapException(
            "the key '"
                + key
                + "' would do both "
                + taken.id()
                + " and "
                + action.id()
                + ": give one of them another",
            action.id(),
            taken.id());
      }
    }
  }

  /** The action a key is bound to. */
  public Optional<Action> action(KeyContext context, Key key) {
    return Optional.ofNullable(actions.get(context).get(key));
  }

  /** The keys of an action, the one to show first. */
  public List<Key> keys(Action action) {
    return keys.get(action);
  }

  /** The key of an action to show; empty if none is bound. */
  public Optional<Key> key(Action action) {
    return keys(action).stream().findFirst();
  }

  /** The actions of a context, in the order of their declaration. */
  public List<Action> actions(KeyContext context) {
    List<Action> here = new ArrayList<>();
    for (Action action : Action.values()) {
      if (action.contexts().contains(context) && !keys.get(action).isEmpty()) {
        here.add(action);
      }
    }
    return here;
  }
}
