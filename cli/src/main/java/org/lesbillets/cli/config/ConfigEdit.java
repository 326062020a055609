package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.DurationText;
import org.tomlj.MutableTomlArray;
import org.tomlj.MutableTomlTable;
import org.tomlj.TomlComment;

/** A change of the file: its meaning, and how it is written. Immutable. */
public sealed interface ConfigEdit {
  /**
   * What the file says after the change.
   *
   * @throws SettingsException if the change makes no sense
   */
  Config applied(Config before);

  /** Makes the change in the text, as little of it as possible. */
  void write(MutableTomlTable file);

  /**
   * Adds a context.
   *
   * @param replace whether one of that name may be there
   */
  record Add(String name, ContextSettings context, boolean replace) implements ConfigEdit {
    /**
     * @throws SettingsException if it is no name for a context
     */
    public Add {
      Objects.requireNonNull(context, "context");
      try {
        ContextName.checked(name);
      } catch (IllegalArgumentException e) {
        throw new SettingsException(e.getMessage());
      }
    }

    @Override
    public Config applied(Config before) {
      if (!replace && before.contexts().containsKey(name)) {
        throw new SettingsException(
            "there is a context '" + name + "' already: choose another name, or add --replace");
      }
      return before.withContext(name, context);
    }

    @Override
    public void write(MutableTomlTable file) {
      MutableTomlTable table = file.getOrCreateTable(List.of("contexts", name));
      List<String> servers = context.servers().stream().map(ServerAddress::toString).toList();
      put(table, "server", servers.size() == 1 ? servers.get(0) : array(servers));
      Path caFile = context.trust().caFile();
      put(table, "ca_file", caFile == null ? null : caFile.toString());
      put(table, "server_user", context.trust().serverUser());
      put(table, "token_file", context.tokenFile() == null ? null : context.tokenFile().toString());
      put(table, "token_command", command(context.tokenCommand()));
      put(
          table,
          "timeout",
          context.timeout() == null ? null : DurationText.format(context.timeout()));
    }

    private static Object command(TokenProgram command) {
      return command == null ? null : command.shell() ? command.toString() : array(command.words());
    }

    private static MutableTomlArray array(List<String> texts) {
      return MutableTomlArray.of(texts.toArray());
    }

    private static void put(MutableTomlTable table, String key, Object value) {
      if (value != null) {
        table.set(List.of(key), value);
      } else if (table.contains(List.of(key))) {
        table.remove(List.of(key));
      }
    }
  }

  /** Makes a context the one that is used where nothing else is said. */
  record Use(String name) implements ConfigEdit {
    @Override
    public Config applied(Config before) {
      before.context(name);
      return before.withCurrent(name);
    }

    @Override
    public void write(MutableTomlTable file) {
      file.set(List.of("context"), name);
    }
  }

  /** Takes a context away; none is used then, if it was the one. */
  record Remove(String name) implements ConfigEdit {
    private static final List<String> USED = List.of("context");

    @Override
    public Config applied(Config before) {
      before.context(name);
      return before.withoutContext(name);
    }

    @Override
    public void write(MutableTomlTable file) {
      file.remove(List.of("contexts", name));
      MutableTomlTable left = file.getTable(List.of("contexts"));
      if (left.elements().isEmpty()) {
        file.remove(List.of("contexts"));
      }
      if (name.equals(file.getString(USED))) {
        forgetWhichIsUsed(file);
      }
    }

    /** A comment above the line stays: it may be one on the file, which begins with the line. */
    private static void forgetWhichIsUsed(MutableTomlTable file) {
      TomlComment above = file.comment(USED, TomlComment.Placement.ABOVE);
      if (above != null) {
        file.insertCommentBefore(USED, above.lines());
      }
      file.remove(USED);
    }
  }
}
