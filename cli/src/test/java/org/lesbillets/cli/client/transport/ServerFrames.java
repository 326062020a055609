package org.lesbillets.cli.client.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Frames as a server writes and reads them, by another hand than the code under test. */
final class ServerFrames {
  /** A frame of a client: its first byte, and its payload without the mask. */
  record Unmasked(int first, byte[] payload) {}

  private ServerFrames() {}

  static byte[] frame(int first, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(first);
    if (payload.length < 126) {
      out.writeByte(payload.length);
    } else if (payload.length < 65536) {
      out.writeByte(126);
      out.writeShort(payload.length);
    } else {
      out.writeByte(127);
      out.writeLong(payload.length);
    }
    out.write(payload);
    return bytes.toByteArray();
  }

  static Unmasked read(byte[] frame) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame));
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if (second < 128) {
      throw new IOException("not masked");
    }
    long length = second - 128;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readAllBytes();
    if (payload.length != length) {
      throw new IOException("says " + length + " bytes, has " + payload.length);
    }
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return new Unmasked(first, payload);
  }
}
