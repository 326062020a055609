package org.lesbillets.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for which verbs, and which are left to picocli. */
class VerbProcessorTest {
  private static final String ROOT =
      "@Command(name = \"root\", subcommands = One.class) class Root {}\n";

  @TempDir Path folder;

  private Compiled verb(String members) {
    return Compiled.of(folder, ROOT + "@Command(name = \"one\") class One {" + members + "}");
  }

  @Test
  void writesCodeThatCompiles() {
    Compiled compiled =
        verb(
            """
            static final class Upper implements ITypeConverter<String> {
              public String convert(String text) { return text; }
            }
            @Option(names = {"-a", "--all"}, description = "x \\" y") boolean all;
            @Option(names = "--name", required = true, converter = Upper.class) String name;
            @Option(names = "--level", arity = "0..1", fallbackValue = "1") Integer level;
            @Option(names = "--tag") List<String> tags = List.of();
            @Parameters(index = "0", paramLabel = "REF") Long ref;
            @Parameters(index = "1..*", arity = "0..*") List<Long> more;
            @Mixin Shared shared;
            static final class Shared { @Option(names = "--shared") String shared; }
            """);
    assertEquals(List.of(), compiled.errors());
    assertEquals(List.of(), compiled.notes());
    for (String part :
        List.of(
            "case \"one\": {",
            "OptionSpec.builder(\"-a\", \"--all\").type(boolean.class)",
            ".required(true).converters(new p.One.Upper())",
            ".arity(\"0..1\").fallbackValue(\"1\")",
            ".type(java.util.List.class).auxiliaryTypes(java.lang.String.class)",
            "PositionalParamSpec.builder().required(true).type(java.lang.Long.class).index(\"0\")",
            "PositionalParamSpec.builder().required(false).type(java.util.List.class)",
            "command.shared = new p.One.Shared();")) {
      assertTrue(compiled.models().contains(part), part + "\n" + compiled.models());
    }
    assertFalse(compiled.models().contains("REF"), "what people read is not parsed by");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @Option(names = "-x") private String x;              | the private field x
          @Mixin private Object x;                             | the private field x
          @Option(names = "-x") void x(String x) {}            | @Option on x(java.lang.String)
          @Option(names = "-x") String[] x;                    | several values that are no list
          @Option(names = "-x") Set<String> x;                 | several values that are no list
          @Option(names = "-x") Map<String, String> x;         | several values that are no list
          @Option(names = "-x", split = ",") List<String> x;   | the attribute split
          @Option(names = "-x", negatable = true) boolean x;   | the attribute negatable
          @Option(names = "-x", interactive = true) String x;  | the attribute interactive
          @Parameters List<String> x;                          | how many values x takes
          @Spec Model.CommandSpec x;                           | @Spec on x
          @ParentCommand Object x;                             | @ParentCommand on x
          @ArgGroup Object x;                                  | @ArgGroup on x
          private One() {}                                     | the constructor of p.One
          One(String x) {}                                     | the constructor of p.One
          """)
  void leavesToPicocliWhatItDoesNotKnow(String members, String why) {
    Compiled compiled = verb(members);
    assertEquals(List.of(), compiled.errors());
    assertEquals(1, compiled.notes().size(), compiled.notes()::toString);
    assertTrue(compiled.notes().get(0).startsWith("One is read when billets runs: " + why));
    assertFalse(compiled.models().contains("case \"one\""), compiled.models());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @Command(name = "one", aliases = "o") class One {}                    | attribute aliases
          @Command(name = "one", mixinStandardHelpOptions = true) class One {}  | attribute mixin
          @Command(name = "one", subcommands = Two.class) class One {}          | subcommands
          class Base {} @Command(name = "one") class One extends Base {}        | the superclass of
          """)
  void leavesToPicocliACommandOfAnotherKind(String command, String why) {
    Compiled compiled =
        Compiled.of(folder, ROOT + command + "\n@Command(name = \"two\") class Two {}");
    assertEquals(List.of(), compiled.errors());
    assertTrue(compiled.notes().get(0).contains(why), compiled.notes()::toString);
    assertFalse(compiled.models().contains("case \"one\""), compiled.models());
  }

  @Test
  void everyPackageHasAClassOfItsOwn() throws IOException {
    String imports = "import picocli.CommandLine.*;\n";
    Compiled compiled =
        Compiled.of(
            folder,
            Map.of(
                "p/Root",
                "package p;"
                    + imports
                    + "@Command(name = \"root\", subcommands = p.one.One.class)"
                    + " class Root { @Mixin p.two.Shared shared; }",
                "p/one/One",
                "package p.one;"
                    + imports
                    + "@Command(name = \"one\") public class One"
                    + " { @Mixin p.two.Shared shared; @Option(names = \"-a\") boolean all; }",
                "p/two/Shared",
                "package p.two;"
                    + imports
                    + "public class Shared"
                    + " { @Option(names = \"-s\") String s; }"));
    assertEquals(List.of(), compiled.errors());
    assertEquals(List.of(), compiled.notes());
    assertTrue(compiled.models().contains("return p.one.OneVerbModels.verb(name, factory);"));
    assertTrue(compiled.models().contains("p.two.TwoVerbModels.add(spec, command.shared);"));
    String ofOne = Files.readString(folder.resolve("p/one/OneVerbModels.java"));
    assertTrue(ofOne.contains("p.one.One command = new p.one.One();"), ofOne);
    assertTrue(ofOne.contains("p.two.TwoVerbModels.add(spec, command.shared);"), ofOne);
    String ofTwo = Files.readString(folder.resolve("p/two/TwoVerbModels.java"));
    assertTrue(ofTwo.contains("of.s = (java.lang.String) (Object) value;"), ofTwo);
  }

  @Test
  void writesNothingWhereThereIsNoRoot() {
    Compiled compiled = Compiled.of(folder, "@Command(name = \"one\") class One {}");
    assertEquals(new Compiled(List.of(), List.of(), ""), compiled);
  }
}
