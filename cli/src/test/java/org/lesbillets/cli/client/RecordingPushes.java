package org.lesbillets.cli.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.model.message.ServerMessage;

/** Keeps what was pushed. */
class RecordingPushes implements PushListener {
  private final List<ServerMessage> pushed = new CopyOnWriteArrayList<>();
  private final List<CloseNotice> notices = new CopyOnWriteArrayList<>();

  @Override
  public void onPush(ServerMessage.Push message) {
    pushed.add(message);
  }

  @Override
  public void onClosed(CloseNotice notice) {
    notices.add(notice);
  }

  List<ServerMessage> pushed() {
    return List.copyOf(pushed);
  }

  List<CloseNotice> notices() {
    return List.copyOf(notices);
  }
}
