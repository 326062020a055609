package org.lesbillets.server;

/** Name and version of this server, as it reports them to clients. Stateless. */
final class ServerVersion {
  private static final String DEVELOPMENT = "development";

  private ServerVersion() {}

  /** The version of the distribution, or "development" when there is none. */
  static String version() {
    String version = ServerVersion.class.getPackage().getImplementationVersion();
    return version == null ? DEVELOPMENT : version;
  }

  static String nameAndVersion() {
    return "billets-server " + version();
  }
}
