package org.lesbillets.cli.client;

import java.util.function.UnaryOperator;

/** The ways to a server; whoever uses a connection must not notice which it is. */
enum ConnectionKind {
  BRIEF(settings -> settings),
  LASTING(ClientSettings::keepingAlive),
  UNIX(ClientSettings::keepingAlive);

  private final UnaryOperator<ClientSettings> choice;

  ConnectionKind(UnaryOperator<ClientSettings> choice) {
    this.choice = choice;
  }

  /** These settings, with which this kind of line is taken. */
  ClientSettings of(ClientSettings settings) {
    return choice.apply(settings);
  }

  TicketClient connect(ScriptedServer server, PushListener pushes) {
    return TicketClient.connect(of(server.settingsOf(address(server))), pushes);
  }

  ServerAddress address(ScriptedServer server) {
    return this == UNIX ? server.socketAddress() : server.address();
  }

  TicketClient connect(ScriptedServer server) {
    return connect(server, PushListener.NONE);
  }
}
