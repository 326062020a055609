package org.lesbillets.server.websocket;

import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.lesbillets.server.desk.index.Standing;
import org.lesbillets.server.unix.UnixLogin;

/**
 * The other end of a connection. Immutable.
 *
 * @param peer what to count failures for
 * @param login the user at the other end of the server's socket; null for TCP
 * @param again looks it up once more; any thread, does not block
 */
record Caller(String peer, UnixLogin login, Supplier<CompletableFuture<UnixLogin>> again) {
  /** By TCP. */
  static Caller byPort(String peer) {
    CompletableFuture<UnixLogin> none = CompletableFuture.completedFuture(UnixLogin.unknown());
    return new Caller(peer, null, () -> none);
  }

  boolean isLogin() {
    return login != null;
  }

  UserPrincipal user() {
    return login == null ? null : login.user();
  }

  /** Whether the login may still change tickets; where that is not known, it may not. */
  Standing membership() {
    return () -> again.get().thenApply(UnixLogin::mayChange);
  }
}
