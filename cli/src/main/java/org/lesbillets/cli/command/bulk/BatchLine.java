package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.pipeline.Job;
import org.lesbillets.cli.command.bulk.format.InputLines;
import org.lesbillets.cli.output.BatchReport;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.UnservedRequestException;
import org.lesbillets.model.wire.WireFormatException;

/** One line of a batch: a request or its parse error, and then the answer. */
final class BatchLine implements Job {
  private static final int OVERHEAD_BYTES = 200;

  private final long number;
  private final long bytes;
  private ClientMessage request;
  private Answer answer;
  private ConnectionException failure;

  private BatchLine(InputLines.Line line) {
    this.number = line.number();
    this.bytes = OVERHEAD_BYTES + (line.text() == null ? 0 : 2L * line.text().length());
  }

  static BatchLine of(InputLines.Line line) {
    BatchLine made = new BatchLine(line);
    if (line.problem() == null) {
      made.read(line.text());
    } else {
      made.answer = invalid("the line " + line.problem());
    }
    return made;
  }

  private void read(String text) {
    try {
      ClientMessage message = MessageCodec.decodeClientMessage(text, Long.toString(number));
      answer = refusal(message);
      request = answer == null ? message : null;
    } catch (UnservedRequestException e) {
      answer = noPlace(e.type());
    } catch (WireFormatException e) {
      answer = e.rejected();
    }
  }

  /** Requests that wait, never end, or are about the connection would block the pipeline. */
  private static Rejected refusal(ClientMessage message) {
    if (message instanceof ClientMessage.WaitableChange change && change.waiting() != null) {
      String verb = message instanceof ClientMessage.ClaimTicket ? "claim" : "lock";
      return invalid(
          "a %s that is waited for has no place in a batch:".formatted(verb)
              + " leave waitMillis and waitForever out, or use billets %s --wait".formatted(verb));
    }
    if (message instanceof ClientMessage.GetTickets get
        && (get.watch() != null || get.since() != null)) {
      return invalid(
          "a watch has no place in a batch: leave watch and since out, or use billets watch");
    }
    boolean allowed =
        message instanceof ClientMessage.Change
            || message instanceof ClientMessage.GetTicket
            || message instanceof ClientMessage.GetTickets
            || message instanceof ClientMessage.Ping;
    return allowed ? null : noPlace(message.type());
  }

  private static Rejected noPlace(String type) {
    return invalid(type + " has no place in a batch: give changes, GetTicket and GetTickets");
  }

  private static Rejected invalid(String sentence) {
    return new Rejected(null, RejectionCode.INVALID, sentence, RejectionDetails.NONE);
  }

  @Override
  public ClientMessage first() {
    return request;
  }

  @Override
  public ClientMessage next(Answer given) {
    answer = given;
    return null;
  }

  @Override
  public void failed(ConnectionException why) {
    failure = why;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  long number() {
    return number;
  }

  BatchReport report() {
    return failure == null
        ? BatchReport.of(number, answer)
        : new BatchReport(number, null, failure.kind().name(), failure.getMessage());
  }

  /** Why it was not done; null if it was. */
  RuntimeException reason() {
    if (failure != null) {
      return failure;
    }
    return answer instanceof Rejected rejected ? new RejectedException(rejected) : null;
  }
}
