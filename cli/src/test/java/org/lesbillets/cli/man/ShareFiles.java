package org.lesbillets.cli.man;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.command.root.RootCommand;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Called by the build with the folder to write into and the version. One thread. */
public final class ShareFiles {
  private ShareFiles() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    manPages(folder.resolve("adoc"), arguments[1]);
    completion("bash", folder.resolve("share/bash-completion/completions/billets"));
    completion("zsh", folder.resolve("share/zsh/site-functions/_billets"));
    completion("fish", folder.resolve("share/fish/vendor_completions.d/billets.fish"));
  }

  private static void manPages(Path folder, String version) throws IOException {
    ManPageGenerator.generateManPage(
        folder.toFile(), null, new boolean[0], false, RootCommand.commandLine().getCommandSpec());
    String topics =
        topic("Exit codes", "exit-codes")
            + topic("Queries", "query")
            + topic("Scripts and bots", "agents");
    String seeAlso =
        "\n== See also\n\n*billets*(1), which has exit codes, queries, and a page for bots\n";
    try (Stream<Path> pages = Files.list(folder)) {
      for (Path page : pages.toList()) {
        String more = page.endsWith("billets.adoc") ? topics : seeAlso;
        Files.writeString(page, new ManPage(Files.readString(page)).improved(version) + more);
      }
    }
    String name = "billets-as.adoc";
    try (InputStream page = ShareFiles.class.getResourceAsStream(name)) {
      String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(
          folder.resolve(name),
          text.replace(":mansource: billets", ":mansource: billets " + version));
    }
  }

  private static String topic(String title, String name) {
    List<String> lines = BilletsRun.alone("help", name).out().lines().toList();
    return "\n== " + title + "\n\n----\n" + String.join("\n", lines) + "\n----\n";
  }

  private static void completion(String shell, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, BilletsRun.alone("completion", shell).out());
  }
}
