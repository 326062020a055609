package org.lesbillets.server.simulation;

/**
 * How hard one run is: drawn from its seed, so that some runs have one kind of fault only, and some
 * all. Rates are faults a virtual minute. Immutable.
 *
 * @param clients their number
 * @param seconds of virtual time with work and faults
 * @param kills of the server
 * @param pauses of the server's process
 * @param diskFaults failed writes, hangs, and locks of other programs
 * @param lies whether the store answers Conflict, and loses outcomes, now and then
 * @param cuts of connections, seen or unseen
 * @param clientFaults stops and kills of clients
 * @param jumps of the wall clock
 */
record RunProfile(
    int clients,
    int seconds,
    int kills,
    int pauses,
    int diskFaults,
    boolean lies,
    int cuts,
    int clientFaults,
    int jumps) {

  static RunProfile drawn(Scheduler scheduler, int seconds) {
    return new RunProfile(
        2 + scheduler.random().nextInt(4),
        seconds,
        rate(scheduler, 8),
        rate(scheduler, 6),
        rate(scheduler, 8),
        scheduler.once(3),
        rate(scheduler, 20),
        rate(scheduler, 10),
        rate(scheduler, 4));
  }

  /** Often none. */
  private static int rate(Scheduler scheduler, int most) {
    return scheduler.random().nextBoolean() ? 0 : 1 + scheduler.random().nextInt(most);
  }

  int faults() {
    return kills + pauses + diskFaults + cuts + clientFaults + jumps;
  }
}
