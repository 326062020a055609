package org.lesbillets.model.query;

/** An operator of comparison; longer signs first, since shorter ones are their prefixes. */
enum Comparison {
  AT_MOST("<="),
  AT_LEAST(">="),
  LESS("<"),
  MORE(">"),
  EQUAL("=");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  int length() {
    return sign.length();
  }

  /** The comparison {@code value} begins with, or null if it begins with none. */
  static Comparison leading(QueryValue value) {
    for (Comparison comparison : values()) {
      if (value.text().startsWith(comparison.sign)) {
        return comparison;
      }
    }
    return null;
  }

  /**
   * Whether it holds between two values.
   *
   * @param order negative, 0 or positive, as the left one is less, equal or more
   */
  boolean holds(int order) {
    return switch (this) {
      case AT_MOST -> order <= 0;
      case AT_LEAST -> order >= 0;
      case LESS -> order < 0;
      case MORE -> order > 0;
      case EQUAL -> order == 0;
    };
  }
}
