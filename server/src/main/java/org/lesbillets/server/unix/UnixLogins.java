package org.lesbillets.server.unix;

import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identification of the users at a socket. The groups of a user are looked up for each connection,
 * so that a change counts at the next one. Any thread; never blocks, bounded by {@link
 * GroupLookups}.
 */
public final class UnixLogins implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnixLogins.class);

  private final UnixSettings settings;
  private final UserPrincipal own;
  private final GroupLookups groups;

  /**
   * @param own the server's own user
   */
  public UnixLogins(UnixSettings settings, UserPrincipal own) {
    this(settings, own, NameService::groupsOf);
  }

  UnixLogins(UnixSettings settings, UserPrincipal own, GroupLookups.NameLookup names) {
    this.settings = settings;
    this.own = own;
    this.groups = new GroupLookups(names);
  }

  /**
   * The login of a user; completes normally. Where its groups cannot be looked up, {@link
   * UnixLogin#known} is false.
   */
  public CompletableFuture<UnixLogin> identify(UserPrincipal user) {
    boolean needsGroups =
        !settings.groups().isEmpty()
            && !user.equals(own)
            && !UnixLogin.isRoot(user)
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
    return UnixLogin.of(user, own, settings, gids);
  }

  @Override
  public void close() {
    groups.close();
  }
}
