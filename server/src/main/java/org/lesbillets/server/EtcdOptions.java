package org.lesbillets.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesbillets.server.journal.etcd.EtcdAccess;
import org.lesbillets.server.journal.etcd.EtcdAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of a journal in etcd: who the server is there, and whom it trusts. */
final class EtcdOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--etcd-ca",
      paramLabel = "F",
      description =
          "The PEM file of whose certificates the members of etcds:// have. Default: whom Java"
              + " trusts.")
  private Path authority;

  @Option(
      names = "--etcd-cert",
      paramLabel = "F",
      description = "The certificate that this server shows etcd, a PEM file with its chain.")
  private Path certificate;

  @Option(
      names = "--etcd-key",
      paramLabel = "F",
      description = "The private key of --etcd-cert, a PEM file.")
  private Path key;

  @Option(
      names = "--etcd-user",
      paramLabel = "NAME",
      description = "The user of etcd that this server is.")
  private String user;

  @Option(
      names = "--etcd-password-file",
      paramLabel = "F",
      description = "The file whose first line is the password of that user.")
  private Path passwordFile;

  /**
   * How to reach the desk of a journal's URL; empty if that is no address in etcd.
   *
   * @throws ParameterException if the options do not fit; the message says why
   */
  Optional<EtcdAccess> access(String journal) {
    if (!EtcdAddress.isMeant(journal)) {
      if (Stream.of(authority, certificate, key, user, passwordFile).anyMatch(o -> o != null)) {
        throw wrong("The options --etcd-… are about a journal in etcd: give --journal etcd://…");
      }
      return Optional.empty();
    }
    EtcdAddress address = EtcdAddress.parse(journal);
    if (!address.tls() && (authority != null || certificate != null || key != null)) {
      throw wrong("Certificates are for TLS: give --journal etcds://… with them.");
    }
    if ((certificate == null) != (key == null)) {
      throw wrong("A certificate needs its key: give both --etcd-cert and --etcd-key.");
    }
    if ((user == null) != (passwordFile == null)) {
      throw wrong("A user needs a password: give both --etcd-user and --etcd-password-file.");
    }
    return Optional.of(new EtcdAccess(address, authority, certificate, key, user, passwordFile));
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
