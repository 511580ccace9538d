using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace RepoPulse.Hosting;

/// <summary>A line an event: when (UTC), how severe, who, what. Of an exception the message; of an error all there is.</summary>
internal sealed class PlainLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ ", CultureInfo.InvariantCulture));
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(logEntry.Category.AsSpan(logEntry.Category.LastIndexOf('.') + 1));
        textWriter.Write(": ");
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        WriteLine(message, textWriter);
        if (logEntry.Exception is { } exception && !message.Contains(exception.Message, StringComparison.Ordinal))
        {
            textWriter.Write(": ");
            WriteLine(exception.Message, textWriter);
        }

        // Errors of ours come with all there is; what is expected to pass by itself does not fill the log with stacks.
        if (logEntry is { Exception: { } unexpected, LogLevel: >= LogLevel.Error })
        {
            textWriter.WriteLine();
            textWriter.Write(unexpected);
        }

        textWriter.WriteLine();
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace ",
        LogLevel.Debug => "debug ",
        LogLevel.Information => "info  ",
        LogLevel.Warning => "WARN  ",
        LogLevel.Error => "ERROR ",
        _ => "FATAL ",
    };

    /// <summary>Without line ends: what GitHub or a file name holds must not pass for a line of ours.</summary>
    private static void WriteLine(string text, TextWriter writer)
    {
        foreach (var c in text)
            writer.Write(char.IsControl(c) ? ' ' : c);
    }
}
