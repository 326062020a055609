package org.lesbillets.server.journal.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lesbillets.server.journal.JournalException;

/**
 * The connections to the members of a cluster. Any thread; its answers come on threads of jetcd's,
 * which must not be held up. Each call ends after {@value #CALL_SECONDS} s.
 */
final class EtcdConnection implements AutoCloseable {
  static final int CALL_SECONDS = 4;
  private static final int SILENCE_SECONDS = 1;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration KEEPALIVE = Duration.ofSeconds(10);
  private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(2);

  /** How often a read is tried again, and a call whose login has expired. */
  private static final int RETRIES = 2;

  private static final long RETRY_MILLIS = 50;
  private static final long MAX_RETRY_MILLIS = 200;

  private final EtcdAddress address;
  private final ClientBuilder builder;
  private final ExecutorService threads;
  private volatile Client client;

  private EtcdConnection(EtcdAddress address, ClientBuilder builder) {
    this.address = address;
    this.builder = builder;
    this.threads = Executors.newCachedThreadPool(EtcdConnection::daemon);
    this.client = builder.executorService(threads).build();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "etcd-call");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Ends all connections, which ends the calls and watches on them, and makes others: the present
   * ones may wait for minutes before they are tried again.
   */
  void renew() {
    Client old = client;
    client = builder.build();
    old.close();
  }

  /**
   * Prepares to connect; the first call does.
   *
   * @throws JournalException if a file of certificates, or of the password, cannot be used
   */
  static EtcdConnection of(EtcdAccess access) {
    EtcdAddress address = access.address();
    ClientBuilder builder =
        Client.builder()
            .endpoints(address.members().stream().map(m -> URI.create("etcd://" + m)).toList())
            .connectTimeout(CONNECT)
            .keepaliveTime(KEEPALIVE)
            .keepaliveTimeout(KEEPALIVE_ANSWER)
            .keepaliveWithoutCalls(true)
            .waitForReady(false)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .retryMaxAttempts(RETRIES)
            .retryDelay(RETRY_MILLIS)
            .retryMaxDelay(MAX_RETRY_MILLIS)
            .interceptor(new Deadline());
    if (access.user() != null) {
      builder
          .user(ByteSequence.from(access.user(), UTF_8))
          .password(ByteSequence.from(password(access.passwordFile()), UTF_8));
    }
    if (address.tls()) {
      secure(builder, access);
    }
    return new EtcdConnection(address, builder);
  }

  private static String password(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (!lines.isEmpty() && !lines.get(0).isBlank()) {
        return lines.get(0).strip();
      }
      throw new JournalException(
          "The first line of %s has no password for etcd: write it there.".formatted(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void secure(ClientBuilder builder, EtcdAccess access) {
    SslContextBuilder tls = GrpcSslContexts.forClient();
    Path read = access.authority();
    try {
      if (access.authority() != null) {
        tls.trustManager(access.authority().toFile());
      }
      read = access.certificate();
      if (access.certificate() != null) {
        tls.keyManager(access.certificate().toFile(), access.key().toFile());
      }
      builder.sslContext(tls.build());
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(read, e);
    }
  }

  private static JournalException unreadable(Path file, Exception e) {
    return new JournalException(
        "%s, which a connection to etcd needs, cannot be used (%s): give another, in PEM."
            .formatted(file, e.getMessage()),
        e);
  }

  EtcdAddress address() {
    return address;
  }

  /**
   * A read of the newest, or of the option's revision; of another member, too, if the first is
   * silent for 1 s.
   */
  CompletableFuture<GetResponse> get(ByteSequence key, GetOption option) {
    CompletableFuture<GetResponse> answer = client.getKVClient().get(key, option);
    CompletableFuture<GetResponse> any = answer.copy();
    CompletableFuture.delayedExecutor(SILENCE_SECONDS, TimeUnit.SECONDS)
        .execute(
            () -> {
              if (!any.isDone()) {
                client.getKVClient().get(key, option).thenAccept(any::complete);
              }
            });
    return any;
  }

  /** A transaction; never sent twice by itself, but where a login had expired. */
  Txn transaction() {
    return client.getKVClient().txn();
  }

  Watch.Watcher watch(ByteSequence prefix, long fromRevision, Watch.Listener listener) {
    WatchOption option =
        WatchOption.builder()
            .isPrefix(true)
            .withRevision(fromRevision)
            .withNoDelete(true)
            .withProgressNotify(true)
            .withRequireLeader(true)
            .build();
    return client.getWatchClient().watch(prefix, option, listener);
  }

  /** The id of a new lease, whose keys are kept for that long. */
  CompletableFuture<Long> lease(Duration ttl) {
    return client.getLeaseClient().grant(ttl.toSeconds()).thenApply(granted -> granted.getID());
  }

  CompletableFuture<?> compact(long revision) {
    return client.getKVClient().compact(revision);
  }

  /**
   * Waits for an answer.
   *
   * @throws JournalException if there is none
   */
  <T> T await(CompletableFuture<T> answer) {
    try {
      return got(answer);
    } catch (ExecutionException e) {
      throw EtcdTrouble.explained(address, e.getCause());
    }
  }

  /**
   * Waits for an answer.
   *
   * @throws ExecutionException with the failure of the call
   * @throws JournalException if the thread is interrupted
   */
  <T> T got(CompletableFuture<T> answer) throws ExecutionException {
    try {
      return answer.get((RETRIES + 1L) * CALL_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JournalException.passing("Reading from etcd was interrupted: try again.", e);
    }
  }

  @Override
  public void close() {
    client.close();
    threads.shutdown();
  }

  /** Bounds each call that has one answer. */
  private static final class Deadline implements ClientInterceptor {
    @Override
    public <A, B> ClientCall<A, B> interceptCall(
        MethodDescriptor<A, B> method, CallOptions options, Channel next) {
      boolean bounded = method.getType() == MethodDescriptor.MethodType.UNARY;
      return next.newCall(
          method, bounded ? options.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS) : options);
    }
  }
}
