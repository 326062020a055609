package org.lesbillets.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.command.Environment;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.console.Terminal;
import org.lesbillets.model.TicketMaker;

/** Runs {@code billets} in this process, at a scripted desk, two hours after the samples' now. */
public final class BilletsRun {
  /** What came of it. */
  public record Result(int code, String out, String err) {
    /** The status that has this code. */
    public ExitStatus status() {
      return Arrays.stream(ExitStatus.values())
          .filter(status -> status.code() == code)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no status has the code " + code));
    }
  }

  public static final Clock CLOCK = Clock.fixed(TicketMaker.NOW.plusSeconds(7200), ZoneOffset.UTC);

  private final ScriptedTicketService desk;
  private final Map<String, String> environment = new TreeMap<>();
  private Terminal terminal = Terminal.NONE;
  private byte[] input = {};
  private Path home = Path.of("/nonexistent");
  private Clock clock = CLOCK;
  private Consumer<ClientSettings> opening = settings -> {};

  private BilletsRun(ScriptedTicketService desk) {
    this.desk = desk;
  }

  public static BilletsRun at(ScriptedTicketService desk) {
    return new BilletsRun(desk);
  }

  /** Runs without a desk: whoever asks one fails. */
  public static Result alone(String... args) {
    return at(new ScriptedTicketService()).run(args);
  }

  public BilletsRun terminal(int width) {
    terminal = Terminal.ofWidth(width);
    return this;
  }

  public BilletsRun with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public BilletsRun reading(String text) {
    return reading(text.getBytes(StandardCharsets.UTF_8));
  }

  public BilletsRun reading(byte[] bytes) {
    input = bytes.clone();
    return this;
  }

  public BilletsRun home(Path home) {
    this.home = home;
    return this;
  }

  public BilletsRun clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** Tells with which settings a desk is opened. */
  public BilletsRun opening(Consumer<ClientSettings> opening) {
    this.opening = opening;
    return this;
  }

  private ScriptedTicketService opened(ClientSettings settings) {
    opening.accept(settings);
    return desk;
  }

  public Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return run(out, args);
  }

  /** Runs {@code billets-as} with these arguments, in the environment of the account. */
  Result runAs(String... args) {
    List<String> all = new ArrayList<>(List.of(DelegateRun.WORD));
    all.addAll(List.of(args));
    return run(new ByteArrayOutputStream(), world -> DelegateRun.run(all, environment, world));
  }

  /** Runs with standard output going elsewhere. */
  public Result run(OutputStream out, String... args) {
    Result result = run(out, world -> new BilletsMain(world).run(args));
    SpecifiedExits.check(List.of(args), result.code());
    return result;
  }

  /** What {@code help --spec} prints. */
  static String specification() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BilletsRun run = at(new ScriptedTicketService());
    return run.run(out, world -> new BilletsMain(world).run("help", "--spec")).out();
  }

  private Result run(OutputStream out, ToIntFunction<Environment> program) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(new ByteArrayInputStream(input), out, err, terminal);
    int code = program.applyAsInt(new Environment(console, environment, home, clock, this::opened));
    String printed =
        out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
    return new Result(code, printed, err.toString(StandardCharsets.UTF_8));
  }
}
