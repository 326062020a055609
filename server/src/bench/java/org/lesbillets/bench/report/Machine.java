package org.lesbillets.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and when a measurement ran. Stateless. */
public final class Machine {
  private Machine() {}

  /**
   * @param data where the servers keep their data
   */
  public static Map<String, Object> facts(Path data) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("date", LocalDate.now().toString());
    facts.put("processors", Runtime.getRuntime().availableProcessors() + " for the generator");
    facts.put("processor", first("/proc/cpuinfo", "model name"));
    facts.put("kernel", System.getProperty("os.version"));
    facts.put("load before", Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    facts.put("Java", System.getProperty("java.version"));
    facts.put("disk", Files.getFileStore(data).type());
    return facts;
  }

  private static String first(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceFirst("^[^:]*: *", ""))
        .findFirst()
        .orElse("unknown");
  }
}
