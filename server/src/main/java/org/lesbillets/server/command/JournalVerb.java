package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesbillets.server.journal.JournalReport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A verb of the care of a journal: 0 when it is done and the journal is sound, 1 with the reason on
 * stderr. Prints one line, or with {@code --output json} one object.
 */
abstract class JournalVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private OutputOption output;

  /** Does the work; failures are a {@link org.lesbillets.server.journal.JournalException}. */
  abstract JournalReport run(DataOption data);

  /** What was done, before the numbers: {@code "sound"}. */
  abstract String done();

  @Override
  public final Integer call() {
    JournalReport report = run(data);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      OutputOption.print(out, json -> write(json, report));
    } else if (report.isSound()) {
      out.println(
          String.format(
              Locale.ROOT,
              "%s: %s, revision %d, %d events, %d tickets, %d operations%s",
              done(),
              report.file(),
              report.revision(),
              report.counts().events(),
              report.counts().tickets(),
              report.counts().operations(),
              more()));
    }
    if (!output.isJson()) {
      report.problems().forEach(spec.commandLine().getErr()::println);
    }
    return report.isSound() ? 0 : 1;
  }

  /** Figures of this verb beside those of the report, by their names in JSON. */
  Map<String, Long> figures() {
    return Map.of();
  }

  private String more() {
    StringBuilder text = new StringBuilder();
    figures().forEach((name, figure) -> text.append(", ").append(name).append(' ').append(figure));
    return text.toString();
  }

  private void write(JsonWriter json, JournalReport report) throws IOException {
    json.beginObject();
    json.name("sound").value(report.isSound());
    json.name("file").value(report.file().toString());
    json.name("journalId").value(report.journalId());
    json.name("revision").value(report.revision());
    json.name("events").value(report.counts().events());
    json.name("tickets").value(report.counts().tickets());
    json.name("operations").value(report.counts().operations());
    for (Map.Entry<String, Long> figure : figures().entrySet()) {
      json.name(figure.getKey()).value(figure.getValue());
    }
    json.name("problems").beginArray();
    for (String problem : report.problems()) {
      json.value(problem);
    }
    json.endArray().endObject();
  }
}
