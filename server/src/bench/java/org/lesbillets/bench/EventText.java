package org.lesbillets.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an event of a measurement is recognized by: {@code #LLL:NNNNNNNNN#}, its lane and its number
 * in that lane. Events of one lane follow each other; a lane has at most one event under way in a
 * closed loop. Stateless.
 */
final class EventText {
  static final int MAX_LANES = 1_000;
  private static final int LANE_DIGITS = 3;
  private static final int NUMBER_DIGITS = 9;
  private static final int LENGTH = LANE_DIGITS + NUMBER_DIGITS + 3;
  private static final byte MARK = '#';

  private EventText() {}

  /** A text of so many characters, at least 15. */
  static String text(int lane, int number, int length) {
    return String.format("#%03d:%09d#", lane, number) + "x".repeat(length - LENGTH);
  }

  /** The position of the mark in {@code payload}, from its beginning, or -1. */
  static int find(ByteBuffer payload, int hint) {
    int start = payload.position();
    if (hint >= 0 && hint + LENGTH <= payload.remaining() && isMark(payload, start + hint)) {
      return hint;
    }
    for (int at = start; at + LENGTH <= payload.limit(); at++) {
      if (isMark(payload, at)) {
        return at - start;
      }
    }
    return -1;
  }

  private static boolean isMark(ByteBuffer payload, int at) {
    return payload.get(at) == MARK && payload.get(at + LENGTH - 1) == MARK;
  }

  /** The lane of the event whose mark is {@code at} behind the beginning of {@code payload}. */
  static int lane(ByteBuffer payload, int at) {
    return digits(payload, payload.position() + at + 1, LANE_DIGITS);
  }

  /** Its number. */
  static int number(ByteBuffer payload, int at) {
    return digits(payload, payload.position() + at + LANE_DIGITS + 2, NUMBER_DIGITS);
  }

  private static int digits(ByteBuffer payload, int at, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = 10 * value + payload.get(at + i) - '0';
    }
    return value;
  }

  /** Lane and number in one value. */
  static long event(int lane, int number) {
    return (long) lane << 32 | number;
  }

  /** A copy of an event's payload with another mark. */
  static byte[] patched(byte[] template, int lane, int number) {
    int at = find(ByteBuffer.wrap(template), -1);
    byte[] mark = text(lane, number, LENGTH).getBytes(StandardCharsets.US_ASCII);
    byte[] copy = Arrays.copyOf(template, template.length);
    System.arraycopy(mark, 0, copy, at, mark.length);
    return copy;
  }
}
