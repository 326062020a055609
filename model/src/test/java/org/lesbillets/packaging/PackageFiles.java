package org.lesbillets.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Called by the build of a program, with its module and its name: writes into {@code
 * target/package} its bill of materials, and below {@code usr} what Debian's packages have in other
 * places, or in another form, than a distribution. One thread.
 */
public final class PackageFiles {
  /** Where shells look, below {@code share} of a distribution and of Debian. */
  private static final Map<String, String> COMPLETIONS =
      Map.of(
          "bash-completion/completions", "bash-completion/completions",
          "fish/vendor_completions.d", "fish/vendor_completions.d",
          "zsh/site-functions", "zsh/vendor-completions");

  /** The licences whose texts are not on every Debian. */
  private static final List<String> CARRIED_LICENCES =
      List.of("BSD-2-Clause", "BSD-3-Clause", "MIT", "EPL-2.0");

  private final Path module;
  private final String program;
  private final Path share;

  private PackageFiles(Path module, String program) {
    this.module = module;
    this.program = program;
    this.share = module.resolve("target/package/usr/share");
  }

  public static void main(String[] arguments) throws IOException {
    new PackageFiles(Path.of(arguments[0]), arguments[1]).write();
  }

  private void write() throws IOException {
    // What an earlier build has left would be packed, too.
    delete(share);
    Path documents = Files.createDirectories(share.resolve("doc").resolve(program));
    writeBill(documents.resolve(program + ".cdx.json"));
    Files.writeString(documents.resolve("copyright"), copyright());
    compress(root().resolve("CHANGELOG.md"), documents.resolve("CHANGELOG.md.gz"));
    copyOverrides();
    Path made = module.resolve("target/man/share");
    for (Path page : files(made.resolve("man/man1"))) {
      compress(page, share.resolve("man/man1").resolve(page.getFileName() + ".gz"));
    }
    for (Map.Entry<String, String> places : COMPLETIONS.entrySet()) {
      for (Path file : files(made.resolve(places.getKey()))) {
        Path to = Files.createDirectories(share.resolve(places.getValue()));
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** Resolving needs a network: a build without one has no bill, rather than that of another. */
  private void writeBill(Path copy) throws IOException {
    Path resolved = module.resolve("target/package/resolved.json");
    Path bill = module.resolve("target/package/" + program + ".cdx.json");
    Files.deleteIfExists(bill);
    Files.deleteIfExists(module.resolve("target").resolve(program).resolve(bill.getFileName()));
    if (!Files.exists(resolved)) {
      System.err.println(program + ": an offline build has no bill of materials");
      return;
    }
    BillOfMaterials.read(resolved).improved(module.resolve("target/picocli")).write(bill);
    Files.delete(resolved);
    Files.copy(bill, copy);
  }

  private Path root() {
    Path root = module.toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    return root;
  }

  private String copyright() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(Files.readString(module.resolve("src/main/dist/NOTICE")));
    for (String licence : CARRIED_LICENCES) {
      text.append("\n\n").append(licence).append("\n\n");
      text.append(
          Files.readString(root().resolve("model/src/packaging/licenses/" + licence + ".txt")));
    }
    return text.toString();
  }

  private void copyOverrides() throws IOException {
    Path overrides = module.resolve("src/main/lintian-overrides");
    if (Files.exists(overrides)) {
      Path to = Files.createDirectories(share.resolve("lintian/overrides"));
      Files.copy(overrides, to.resolve(program));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** As {@code gzip -9n}: no name, no time. */
  private static void compress(Path from, Path to) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new BestGzip(compressed)) {
      Files.copy(from, out);
    }
    byte[] bytes = compressed.toByteArray();
    // Java leaves out how well it is compressed, and differs in the system it names.
    bytes[8] = 2;
    bytes[9] = 3;
    Files.createDirectories(to.getParent());
    Files.write(to, bytes);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(9);
    }
  }
}
