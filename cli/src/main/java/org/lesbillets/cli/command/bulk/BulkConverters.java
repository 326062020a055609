package org.lesbillets.cli.command.bulk;

import java.nio.charset.Charset;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.bulk.format.CsvLayout;
import org.lesbillets.cli.command.bulk.format.ExchangeFormat;
import org.lesbillets.model.WireLimits;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parsers of the option values of the bulk verbs. Stateless. */
final class BulkConverters {
  private BulkConverters() {}

  /** The bound of requests in flight: at most what a server accepts of one connection. */
  static final class OfJobs implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("0*[1-9][0-9]{0,2}")
          || Integer.parseInt(text) > WireLimits.UNANSWERED_REQUESTS) {
        throw new TypeConversionException(
            "'" + text + "' is not a whole number, 1 to " + WireLimits.UNANSWERED_REQUESTS);
      }
      return Integer.valueOf(text);
    }
  }

  static final class OfColumn implements ITypeConverter<CsvLayout.ColumnField> {
    @Override
    public CsvLayout.ColumnField convert(String text) {
      return Converters.converted(text, CsvLayout.ColumnField::parse);
    }
  }

  static final class OfWord implements ITypeConverter<CsvLayout.ColumnWord> {
    @Override
    public CsvLayout.ColumnWord convert(String text) {
      return Converters.converted(text, CsvLayout.ColumnWord::parse);
    }
  }

  static final class OfDelimiter implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      return Converters.converted(text, CsvLayout::parseDelimiter);
    }
  }

  /** The encoding of a text, by any of its names. */
  static final class OfEncoding implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String text) {
      try {
        return Charset.forName(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no encoding: give one as in UTF-8, ISO-8859-1, windows-1252, UTF-16");
      }
    }
  }

  static final class OfImport extends Converters.OfEnum<ExchangeFormat> {
    OfImport() {
      super(ExchangeFormat.values(), ExchangeFormat::wireName);
    }
  }

  /** The formats that can be written: not another program's. */
  static final class OfExport extends Converters.OfEnum<ExchangeFormat> {
    OfExport() {
      super(
          new ExchangeFormat[] {ExchangeFormat.JSONL, ExchangeFormat.CSV},
          ExchangeFormat::wireName);
    }

    @Override
    public ExchangeFormat convert(String text) {
      if (text.equalsIgnoreCase(ExchangeFormat.GH.wireName())) {
        throw new TypeConversionException("'gh' can only be imported: export jsonl or csv");
      }
      return super.convert(text);
    }
  }
}
