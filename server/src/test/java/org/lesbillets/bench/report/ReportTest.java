package org.lesbillets.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What {@code scripts/bench} prints and writes. */
class ReportTest {

  private static Report report() {
    Report report = new Report("Fan-out", Map.of("disk", "ext4"));
    for (String name : new String[] {"ours", "peer"}) {
      Map<String, Object> row = report.row();
      row.put("server", name);
      row.put("watchers", 2_000);
      row.put("deliveries/s", name.equals("ours") ? 2_740_000.4 : 110_000.0);
    }
    report.rows().get(0).put("µs", 0.35);
    report.ratio(new Report.Ratio("deliveries/s", "2000", "peer", 24.9, Report.Goal.atLeast(35)));
    report.ratio(new Report.Ratio("µs", "2000", "peer", 0.5, Report.Goal.atMost(1)));
    report.note("no nats-server");
    return report;
  }

  @Test
  void theTableIsOneThatAPageCanTake() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    report().print(new PrintStream(bytes, true, UTF_8));
    String expected =
        """
        Fan-out
          disk: ext4

        | server | watchers | deliveries/s |   µs |
        |--------|---------:|-------------:|-----:|
        | ours   |    2,000 |    2,740,000 | 0.35 |
        | peer   |    2,000 |      110,000 |      |

          deliveries/s, 2000: 24.9 times peer (goal: at least 35.0, MISSED)
          µs, 2000: 0.50 times peer (goal: at most 1.00)
          no nats-server

        """;
    assertEquals(expected, bytes.toString(UTF_8));
  }

  @Test
  void theJsonHasTheSame(@TempDir Path folder) throws Exception {
    Report report = report();
    assertTrue(report.sound());
    report.fault("ours: 1 holes");
    report.writeJson(folder.resolve("report.json"));
    String json = Files.readString(folder.resolve("report.json"));
    JsonObject all = JsonParser.parseString(json).getAsJsonObject();
    assertFalse(all.get("sound").getAsBoolean());
    assertEquals(2, all.getAsJsonArray("rows").size());
    JsonObject ours = all.getAsJsonArray("rows").get(0).getAsJsonObject();
    assertEquals(2_740_000.4, ours.get("deliveries/s").getAsDouble());
    JsonObject ratio = all.getAsJsonArray("ratios").get(0).getAsJsonObject();
    assertEquals(24.9, ratio.get("ratio").getAsDouble());
    assertEquals("WRONG: ours: 1 holes", all.getAsJsonArray("notes").get(1).getAsString());
  }

  @Test
  void aPlotHasAPointForEachFigureAndGrowsUpwards() throws Exception {
    SvgPlot plot = new SvgPlot("Cost < time", "watchers", "µs");
    plot.point("ours & theirs", 0, 0);
    plot.point("ours & theirs", 10, 2);
    plot.point("ours & theirs", 5_000, 3.9);
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(plot.svg().getBytes(UTF_8)));
    NodeList points = svg.getElementsByTagName("circle");
    assertEquals(3, points.getLength());
    for (int i = 1; i < points.getLength(); i++) {
      assertTrue(at(points, i, "cx") > at(points, i - 1, "cx"));
      assertTrue(at(points, i, "cy") < at(points, i - 1, "cy"));
    }
    assertTrue(svg.getDocumentElement().getTextContent().contains("Cost < time: µs"));
    assertTrue(svg.getDocumentElement().getTextContent().contains("5,000"));
  }

  private static double at(NodeList points, int i, String name) {
    return Double.parseDouble(points.item(i).getAttributes().getNamedItem(name).getTextContent());
  }
}
