package org.lesbillets.acceptance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;

/** A file of requests to create tickets, one JSON object a line. */
final class TicketFile {
  /** Below what a server lets one connection leave unanswered. */
  private static final int IN_FLIGHT = 200;

  private static final int PATIENCE_SECONDS = 60;

  private TicketFile() {}

  /** Writes so many requests; gives what is in them, in order. */
  static List<TicketContent> write(Path file, RandomTickets random, int count) throws IOException {
    List<TicketContent> drafts = new ArrayList<>();
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int i = 0; i < count; i++) {
        TicketContent draft = random.draft();
        drafts.add(draft);
        var request = new ClientMessage.CreateTicket("line " + i, random.uuid(), draft);
        writer.write(MessageCodec.encode(request));
        writer.write('\n');
      }
    }
    return drafts;
  }

  /** Sends every line, many at a time; gives the tickets that were made, in the lines' order. */
  static List<Ticket> send(Path file, TicketClient client) throws Exception {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    Semaphore free = new Semaphore(IN_FLIGHT);
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("no answer within " + PATIENCE_SECONDS + " s");
        }
        CompletableFuture<Answer> answer = client.send(request(line));
        answer.whenComplete((done, failure) -> free.release());
        answers.add(answer);
      }
    }
    List<Ticket> tickets = new ArrayList<>();
    for (CompletableFuture<Answer> answer : answers) {
      tickets.add(created(client, answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
    }
    return tickets;
  }

  private static ClientMessage request(String line) {
    try {
      return MessageCodec.decodeClientMessage(line);
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static Ticket created(TicketClient client, Answer answer) {
    return ExpectedAnswer.of(client.server(), answer, EventMessage.class).event().event().ticket();
  }
}
