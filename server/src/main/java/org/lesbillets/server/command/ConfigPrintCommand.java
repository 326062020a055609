package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lesbillets.server.config.ConfigOption;
import org.lesbillets.server.config.GivenSetting;
import org.lesbillets.server.config.ServerSetting;
import org.lesbillets.server.config.ServerSettings;
import org.lesbillets.server.config.SettingSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code billets-server config print}: all settings, as a file that can be used as it is. */
@Command(
    name = "print",
    description = {
      "Print all settings with what they mean and where they come from, as a file to use.",
      "What the environment or the file gives stands there; a default stands in a comment."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  billets-server config print >server.toml",
      "  BILLETS_SERVER_PORT=7421 billets-server config print",
      "  billets-server config print --output json"
    })
final class ConfigPrintCommand extends ConfigVerb {
  private static final int COLUMNS = 96;

  @Mixin private ConfigOption config;

  @Override
  Path named() {
    return config.file();
  }

  @Override
  boolean checksTogether() {
    return false;
  }

  @Override
  List<String> lines(ServerSettings settings) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Settings of billets-server. A name behind a # is at its default: take the # away to");
    lines.add("# change it. Flags win over variables, and these over this file. Look at what you");
    lines.add("# changed with: billets-server config check FILE");
    for (GivenSetting given : settings.all()) {
      lines.add("");
      lines.addAll(lines(given));
    }
    return lines;
  }

  private static List<String> lines(GivenSetting given) {
    ServerSetting setting = given.setting();
    List<String> lines = new ArrayList<>(wrapped(description(setting)));
    lines.add("# " + setting.form() + ", " + setting.variable());
    boolean isDefault = given.source().kind() == SettingSource.Kind.DEFAULT;
    if (!isDefault) {
      lines.add("# From " + given.source().place());
    }
    String text = setting.key() + " = " + setting.toml(given.texts());
    lines.add(isDefault ? "#" + text : text);
    return lines;
  }

  private static String description(ServerSetting setting) {
    return String.join(" ", setting.option().description());
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("#");
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  @Override
  void write(JsonWriter json, ServerSettings settings) throws IOException {
    json.name("settings").beginArray();
    for (GivenSetting given : settings.all()) {
      ServerSetting setting = given.setting();
      json.beginObject();
      json.name("key").value(setting.key());
      json.name("option").value(setting.form());
      json.name("variable").value(setting.variable());
      value(json, given);
      json.name("source").value(given.source().kind().name().toLowerCase(Locale.ROOT));
      json.name("place").value(given.source().place());
      json.name("description").value(description(setting));
      json.endObject();
    }
    json.endArray();
  }

  private static void value(JsonWriter json, GivenSetting given) throws IOException {
    json.name("value");
    if (given.setting().isRepeatable()) {
      json.beginArray();
      for (String text : given.texts()) {
        json.value(text);
      }
      json.endArray();
    } else if (given.value() instanceof Boolean flag) {
      json.value(flag);
    } else if (given.value() instanceof Number number) {
      json.value(number);
    } else {
      json.value(given.texts().isEmpty() ? null : given.texts().get(0));
    }
  }
}
