package org.lesbillets.cli.client.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a {@link FrameReader} made of some bytes: a line for each call, and how it ended. */
record RecordingFrames(List<String> lines, String end) {
  static RecordingFrames of(byte[] bytes, int limit) {
    return of(new ByteArrayInputStream(bytes), limit);
  }

  static RecordingFrames of(InputStream in, int limit) {
    List<String> lines = new ArrayList<>();
    String end;
    try {
      new FrameReader(in, limit, new Ear(lines)).readToClose();
      end = "closed";
    } catch (ProtocolViolationException e) {
      end = e.code() + " " + e.getMessage();
    } catch (IOException e) {
      end = e.getClass().getSimpleName();
    }
    return new RecordingFrames(lines, end);
  }

  private record Ear(List<String> lines) implements FrameReader.Listener {
    @Override
    public void onText(String text) {
      lines.add("text " + text);
    }

    @Override
    public void onPing(byte[] payload) {
      lines.add("ping " + HexFormat.of().formatHex(payload));
    }

    @Override
    public void onPong() {
      lines.add("pong");
    }

    @Override
    public void onClose(int code, String reason) {
      lines.add("close " + code + " " + reason);
    }
  }
}
