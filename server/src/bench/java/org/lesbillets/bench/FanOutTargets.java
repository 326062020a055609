package org.lesbillets.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesbillets.bench.report.Report;

/** This project's server, and the peers that are there, each with the same load. One thread. */
final class FanOutTargets implements AutoCloseable {
  /** Payload of an event; four bytes more as a WebSocket frame. */
  static final int EVENT_BYTES = 716;

  static final String OURS = "billets-server";
  static final String NODE = "Node.js ws";
  static final String LOOP = "C loop, a write per read";
  static final String JOINING_LOOP = "C loop, a write per round";
  static final String NATS = "core NATS";

  private final List<FanOutLoad> loads = new ArrayList<>();

  /**
   * @param ours is prepared here, and closed with this
   * @param peers null to have none
   */
  FanOutTargets(BilletsTarget ours, Peers peers, FanOutLoad.Size size)
      throws IOException, InterruptedException {
    byte[] event = ours.prepare(size.lanes(), EVENT_BYTES);
    add(ours, size);
    if (peers != null) {
      relay(NODE, peers.nodeBroadcast(), event, size);
      relay(LOOP, peers.cBroadcast("read"), event, size);
      relay(JOINING_LOOP, peers.cBroadcast("round"), event, size);
      relay(NATS, peers.nats(), event, size);
    }
  }

  /**
   * @param targets are closed with this
   */
  FanOutTargets(List<FanOutTarget> targets, FanOutLoad.Size size) throws IOException {
    for (FanOutTarget target : targets) {
      add(target, size);
    }
  }

  private void relay(
      String name, Optional<Peers.Listening> peer, byte[] event, FanOutLoad.Size size)
      throws IOException {
    if (peer.isPresent()) {
      add(new RelayTarget(name, peer.get(), event, name.equals(NATS)), size);
    }
  }

  private void add(FanOutTarget target, FanOutLoad.Size size) throws IOException {
    // It adds itself.
    new FanOutLoad(target, size, loads);
  }

  /** This project's first. */
  List<FanOutLoad> loads() {
    return loads;
  }

  /** Says what was wrong with what was received. */
  void check(Report report) {
    for (FanOutLoad load : loads) {
      if (!load.check().sound()) {
        report.fault(load.target().name() + ": " + load.check());
      }
      if (load.lost() > 0) {
        report.fault(load.target().name() + " closed " + load.lost() + " connections");
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (FanOutLoad load : loads) {
      load.close();
    }
  }
}
