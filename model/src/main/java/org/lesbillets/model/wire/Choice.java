package org.lesbillets.model.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.lesbillets.model.Role;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.RejectionCode;

/**
 * The words a field can hold.
 *
 * @param words in the order they are listed to people
 */
record Choice<E>(Map<String, E> words) {
  static final Choice<Match> MATCH = of(Match.values(), Match::wireName);
  static final Choice<RejectionCode> CODE = of(RejectionCode.values(), RejectionCode::name);
  static final Choice<Role> ROLE = of(Role.values(), Role::wireName);
  static final Choice<UnlockReason> UNLOCK = of(UnlockReason.values(), UnlockReason::wireName);

  private static <E> Choice<E> of(E[] values, Function<E, String> name) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E value : values) {
      words.put(name.apply(value), value);
    }
    return new Choice<>(words);
  }

  /** For a sentence. */
  String list() {
    return String.join(", ", words.keySet());
  }
}
