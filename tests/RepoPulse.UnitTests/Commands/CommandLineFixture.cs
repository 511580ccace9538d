using RepoPulse.Commands;
using RepoPulse.UnitTests.Configuration;

namespace RepoPulse.UnitTests.Commands;

/// <summary>The real command line with captured output, in a folder and an environment of its own.</summary>
internal sealed class CommandLineFixture : IDisposable
{
    public SettingsFixture Settings { get; } = new();

    public FakeHandlers Handlers { get; } = new();

    public FakeTermination Termination { get; } = new();

    public Func<HttpMessageHandler> HttpHandler { get; set; } = () => throw new InvalidOperationException(
        "No server was expected to be asked.");

    public StringWriter Out { get; } = new();

    public StringWriter Error { get; } = new();

    public CommandContext Context => new()
    {
        Out = Out,
        Error = Error,
        Console = Consoles.Create(Out, isRedirected: true, Settings.Environment),
        ErrorConsole = Consoles.Create(Error, isRedirected: true, Settings.Environment),
        Settings = Settings.Loader,
        Termination = Termination,
        HttpHandler = HttpHandler,
    };

    public Task<int> InvokeAsync(params string[] arguments) => CommandLine.InvokeAsync(arguments, Context, Handlers);

    public void Dispose()
    {
        Settings.Dispose();
        Termination.Dispose();
        Out.Dispose();
        Error.Dispose();
    }
}
