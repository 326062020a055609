package org.lesbillets.server.unix;

import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.lesbillets.server.world.BlockingCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identification of the users at a socket. The groups of a user are looked up for each connection,
 * so that a change counts at the next one. Any thread; never blocks. At most {@value #THREADS}
 * threads "logins-1"… have the machine find the names of users, for 3 s each as far as anybody
 * waits for it, and {@value #MAX_WAITING} connections wait for them; the groups are bounded by
 * {@link GroupLookups}.
 */
public final class UnixLogins implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnixLogins.class);
  private static final int THREADS = 8;
  private static final int MAX_WAITING = 1_024;
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private final UnixSettings settings;
  private final MachineUsers users;
  private final PeerLookup peers;
  private final BlockingCalls threads = new BlockingCalls("logins", THREADS, MAX_WAITING);
  private final GroupLookups groups;

  /** Blocking source of the user at the other end of a connection. */
  @FunctionalInterface
  interface PeerLookup {
    UserPrincipal userOf(SocketChannel accepted) throws Exception;
  }

  public UnixLogins(UnixSettings settings, MachineUsers users) {
    this(settings, users, UnixServerSocket::userOf, NameService::groupsOf);
  }

  UnixLogins(
      UnixSettings settings, MachineUsers users, PeerLookup peers, GroupLookups.NameLookup names) {
    this.settings = settings;
    this.users = users;
    this.peers = peers;
    this.groups = new GroupLookups(names);
  }

  /** The user at the other end of a connection; empty where that is not known in time. */
  public CompletableFuture<Optional<UserPrincipal>> userOf(SocketChannel accepted) {
    return threads
        .call(DEADLINE, () -> Optional.of(peers.userOf(accepted)))
        .exceptionally(
            failure -> {
              LOG.debug("A login at the socket could not be looked up: {}", failure.toString());
              return Optional.empty();
            });
  }

  /** The name of a user in the log. */
  public static String shown(Optional<UserPrincipal> user) {
    return user.map(UnixLogin::shown).orElse(UnixLogin.UNKNOWN);
  }

  /**
   * The login of a user; completes normally. Where it or its groups cannot be looked up, {@link
   * UnixLogin#known} is false.
   */
  public CompletableFuture<UnixLogin> identify(Optional<UserPrincipal> found) {
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(UnixLogin.unknown());
    }
    UserPrincipal user = found.get();
    boolean needsGroups =
        !settings.groups().isEmpty()
            && !users.isAnybody(user)
            && !users.administers(user)
            && UnixLogin.isNamed(user);
    if (!needsGroups) {
      return CompletableFuture.completedFuture(login(user, Optional.of(Set.of())));
    }
    return groups
        .groupsOf(user.getName())
        .handle(
            (gids, failure) -> {
              if (failure != null) {
                LOG.debug(
                    "The groups of {} could not be looked up: {}",
                    UnixLogin.shown(user),
                    failure.getMessage());
              }
              return login(user, Optional.ofNullable(gids));
            });
  }

  private UnixLogin login(UserPrincipal user, Optional<Set<Long>> gids) {
    return UnixLogin.of(user, users, settings, gids);
  }

  @Override
  public void close() {
    threads.close();
    groups.close();
  }
}
