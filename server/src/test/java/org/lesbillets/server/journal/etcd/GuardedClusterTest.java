package org.lesbillets.server.journal.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.auth.Permission;
import io.grpc.netty.GrpcSslContexts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.world.World;
import org.lesbillets.tidy.RequiredTools;

/** A member that wants certificates, and then names and passwords, too. */
final class GuardedClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private EtcdMember etcd;

  @BeforeEach
  void start() throws Exception {
    List<String> keys =
        List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2");
    certificate(keys, "ca", "/CN=ca");
    certificate(
        keys,
        "member",
        "/CN=member",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-addext",
        "extendedKeyUsage=serverAuth,clientAuth");
    etcd =
        EtcdMember.startSecure(
            "--cert-file=" + file("member.pem"),
            "--key-file=" + file("member.key"),
            "--trusted-ca-file=" + file("ca.pem"),
            "--client-cert-auth");
  }

  private void certificate(List<String> keys, String name, String subject, String... more)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(RequiredTools.find("openssl", "openssl").toString());
    command.addAll(List.of("req", "-x509", "-subj", subject));
    command.addAll(keys);
    command.addAll(List.of("-keyout", name + ".key", "-out", name + ".pem"));
    command.addAll(List.of(more));
    Process made =
        ChildProcesses.start(
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile()));
    assertEquals(0, made.waitFor(), () -> name);
  }

  @AfterEach
  void stop() {
    if (etcd != null) {
      etcd.close();
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private EtcdAddress address() {
    return EtcdAddress.parse("etcds://127.0.0.1:" + etcd.port() + "/desk");
  }

  private EtcdAccess as(String user, String password) throws Exception {
    Path secret = Files.writeString(file("password"), password + "\n");
    return new EtcdAccess(
        address(), file("ca.pem"), file("member.pem"), file("member.key"), user, secret);
  }

  private static String refusal(EtcdAccess access) {
    return assertThrows(JournalException.class, () -> EtcdJournal.open(access, World.system()))
        .getMessage();
  }

  @Test
  void letsInWhoHasACertificateAndAPassword() throws Exception {
    Path none = null;
    String stranger = refusal(EtcdAccess.open(address()));
    assertTrue(stranger.contains("TLS: "), stranger);
    String unknown = refusal(new EtcdAccess(address(), file("ca.pem"), none, none, null, none));
    assertTrue(unknown.contains("does not answer ("), unknown);
    String unreadable = refusal(new EtcdAccess(address(), file("no.pem"), none, none, null, none));
    assertTrue(unreadable.contains("no.pem, which a connection to etcd needs"), unreadable);
    demandPasswords();
    String nobody =
        refusal(
            new EtcdAccess(
                address(), file("ca.pem"), file("member.pem"), file("member.key"), null, none));
    assertTrue(nobody.contains("does not admit this server"), nobody);
    String wrong = refusal(as("desk", "wrong"));
    assertTrue(wrong.contains("does not admit this server"), wrong);
    String empty = refusal(as("desk", ""));
    assertTrue(empty.contains("has no password for etcd"), empty);
    serves(as("desk", "secret"));
  }

  private void serves(EtcdAccess access) throws Exception {
    try (EtcdJournal journal = EtcdJournal.open(access, World.system())) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "one"));
      ticket = tailed.ticketAfter(Facts.redact(ticket, Redaction.ofField(TicketField.TITLE), null));
      assertEquals(2, journal.reads().eventsAfter(0, 10, Long.MAX_VALUE).size());
      try (Client root = client("root")) {
        root.getAuthClient().roleRevokePermission(text("desk"), text("desk/"), text("desk0")).get();
      }
      await().atMost(PATIENCE).until(() -> journal.failure() != null);
      assertTrue(tailed.failure().contains("does not admit this server"), tailed.failure());
      assertInstanceOf(Outcome.ReadOnly.class, tailed.append(Facts.comment(ticket, "no")));
    }
  }

  private void demandPasswords() throws Exception {
    try (Client first = client(null)) {
      Auth auth = first.getAuthClient();
      for (String name : List.of("root", "desk")) {
        auth.userAdd(text(name), text("secret")).get();
        auth.roleAdd(text(name)).get();
        auth.userGrantRole(text(name), text(name)).get();
      }
      auth.roleGrantPermission(
              text("desk"), text("desk/"), text("desk0"), Permission.Type.READWRITE)
          .get();
      auth.authEnable().get();
    }
  }

  private Client client(String user) throws Exception {
    return user == null
        ? builder().build()
        : builder().user(text(user)).password(text("secret")).build();
  }

  private ClientBuilder builder() throws Exception {
    return Client.builder()
        .endpoints(URI.create("https://127.0.0.1:" + etcd.port()))
        .sslContext(
            GrpcSslContexts.forClient()
                .trustManager(file("ca.pem").toFile())
                .keyManager(file("member.pem").toFile(), file("member.key").toFile())
                .build());
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, UTF_8);
  }
}
