using System.CommandLine;
using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.Commands;

/// <summary>Runs a command's body between reading the configuration and turning failures into messages and exit codes.</summary>
internal sealed class CommandRunner(CommandContext context, SettingsOptions options)
{
    public CommandContext Context => context;

    /// <param name="role">What the settings must go together with.</param>
    /// <param name="goesOn">Whether it goes on until it is asked to end, as every service does: then that is its ordinary end.</param>
    public async Task<int> RunAsync(
        ParseResult parsed,
        Role role,
        Func<RepoPulseSettings, CancellationToken, Task<int>> body,
        CancellationToken cancellationToken,
        bool goesOn = false)
    {
        var loaded = context.Settings.Load(new()
        {
            ConfigFile = parsed.GetValue(SharedOptions.Config),
            Options = options,
            Role = role,
            Repositories = SharedOptions.RepositoriesOf(parsed),
        });
        if (!loaded.IsValid)
        {
            ErrorReport.Write(loaded.Faults, context.Error);
            return ExitCode.Wrong;
        }

        return await RunAsync(stop => body(loaded.Settings, stop), goesOn || role != Role.None, loaded.Secrets, cancellationToken);
    }

    /// <summary>Runs a body that needs no configuration, and so does not fail where that is wrong.</summary>
    public Task<int> RunAsync(Func<CancellationToken, Task<int>> body, CancellationToken cancellationToken) =>
        RunAsync(body, isService: false, SecretTexts.None, cancellationToken);

    private async Task<int> RunAsync(
        Func<CancellationToken, Task<int>> body, bool isService, SecretTexts secrets, CancellationToken cancellationToken)
    {
        try
        {
            return await body(cancellationToken);
        }
        catch (OperationCanceledException) when (context.Termination.Requested.IsCancellationRequested)
        {
            return isService ? ExitCode.Done : context.Termination.ExitCode;
        }
        catch (Exception e) when (e is CommandFailedException or StorageException or IOException or UnauthorizedAccessException)
        {
            await context.Error.WriteLineAsync($"repopulse: {secrets.Hide(e.Message)}");
        }
        catch (Exception e)
        {
            await context.Error.WriteLineAsync($"repopulse: unexpected failure: {secrets.Hide(e.ToString())}");
        }

        return ExitCode.Failed;
    }
}

/// <summary>What a command's process ends with. An interrupted one ends with 128 and the signal's number instead.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Failed while running.</summary>
    public const int Failed = 1;

    /// <summary>The usage or the configuration was wrong: nothing was begun.</summary>
    public const int Wrong = 2;
}

/// <summary>A command cannot do what it was asked to. The message is for the operator and is all that is shown.</summary>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Reports everything that is wrong with the configuration.</summary>
internal static class ErrorReport
{
    public static void Write(IReadOnlyList<ConfigurationError> faults, TextWriter writer)
    {
        writer.WriteLine(
            faults.Count == 1 ? "repopulse: the configuration has a fault:" : $"repopulse: the configuration has {faults.Count} faults:");
        foreach (var fault in faults)
            writer.WriteLine($"  {fault}");
    }
}
