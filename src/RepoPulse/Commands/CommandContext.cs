using RepoPulse.Configuration;
using Spectre.Console;

namespace RepoPulse.Commands;

/// <summary>What a command has of the world around it.</summary>
internal sealed record CommandContext
{
    /// <summary>For what was asked for, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>For errors, hints and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Writes to <see cref="Out"/>, with colours and within a width only where that is a terminal.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>Writes to <see cref="Error"/>, in the same way.</summary>
    public required IAnsiConsole ErrorConsole { get; init; }

    /// <summary>The standard output for what is not text.</summary>
    public Func<Stream> OpenOutput { get; init; } = System.Console.OpenStandardOutput;

    public required SettingsLoader Settings { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required ITermination Termination { get; init; }

    public TimeProvider Time { get; init; } = SystemDefaults.Time;

    /// <summary>What a running server is asked through.</summary>
    public Func<HttpMessageHandler> HttpHandler { get; init; } = () => new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(2)
    };

    public static CommandContext ForProcess(ITermination termination)
    {
        var host = SettingsHost.ForProcess();
        var console = Consoles.Create(System.Console.Out, System.Console.IsOutputRedirected, host.Environment);
        var errorConsole = Consoles.Create(System.Console.Error, System.Console.IsErrorRedirected, host.Environment);
        return new()
        {
            Out = System.Console.Out,
            Error = System.Console.Error,
            Console = console,
            ErrorConsole = errorConsole,
            Settings = new SettingsLoader(host),
            Environment = host.Environment,
            Termination = termination,
        };
    }
}
