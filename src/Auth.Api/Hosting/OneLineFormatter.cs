using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Auth.Api.Hosting;

/// <summary>
/// Formats each log record as one readable line. Text from clients can neither start a new line nor control the terminal:
/// .NET's own formatter writes carriage returns and escape sequences unescaped.
/// </summary>
internal sealed class OneLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "one-line";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(": ");
        WriteEscaped(textWriter, logEntry.Category);
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $"[{logEntry.EventId.Id}] "));
        WriteEscaped(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            WriteEscaped(textWriter, exception.ToString());
        }

        textWriter.WriteLine();
    }

    private static void WriteEscaped(TextWriter writer, string text)
    {
        foreach (var character in text)
        {
            if (character == '\n')
            {
                // Line breaks come from stack traces; in text from clients a space does no harm.
                writer.Write(' ');
            }
            else if (IsSafe(character))
            {
                writer.Write(character);
            }
            else
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"));
            }
        }
    }

    // Some viewers break lines at line and paragraph separators, and format characters change the direction of text.
    private static bool IsSafe(char character) =>
        char.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Format
            );

    private static string NameOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
}
