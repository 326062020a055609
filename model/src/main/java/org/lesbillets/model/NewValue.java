package org.lesbillets.model;

/**
 * A value a patch gives to a field that can be empty. Where a patch holds null instead of a {@code
 * NewValue}, the field stays as it is.
 *
 * @param orNull the value, or null to clear the field
 */
public record NewValue<T>(T orNull) {

  /** The patch part that clears a field. */
  public static <T> NewValue<T> none() {
    return new NewValue<>(null);
  }
}
