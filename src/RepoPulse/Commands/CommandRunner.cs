using System.CommandLine;
using RepoPulse.Configuration;
using RepoPulse.Configuration.Sources;
using RepoPulse.Events;
using RepoPulse.Roles;

namespace RepoPulse.Commands;

/// <summary>Runs a command's body between reading the configuration and turning failures into messages and exit codes.</summary>
internal sealed class CommandRunner(CommandContext context, SettingsOptions options)
{
    public CommandContext Context => context;

    /// <param name="role">What the settings must go together with.</param>
    /// <param name="goesOn">Whether it goes on until it is asked to end, as every service does: then that is its ordinary end.</param>
    public async Task<int> RunAsync(
        ParseResult parsed, Role role, Func<RepoPulseSettings, CancellationToken, Task<int>> body, CancellationToken cancellationToken, bool goesOn = false)
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
            FaultReport.Write(loaded.Faults, context.Error);
            return ExitCode.Wrong;
        }

        return await RunAsync(stop => body(loaded.Settings, stop), goesOn || role != Role.None, cancellationToken);
    }

    /// <summary>Runs a body that needs no configuration, and so does not fail where that is wrong.</summary>
    public Task<int> RunAsync(Func<CancellationToken, Task<int>> body, CancellationToken cancellationToken) => RunAsync(body, isService: false, cancellationToken);

    private async Task<int> RunAsync(Func<CancellationToken, Task<int>> body, bool isService, CancellationToken cancellationToken)
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
            await context.Error.WriteLineAsync($"repopulse: {e.Message}");
        }
        catch (Exception e)
        {
            await context.Error.WriteLineAsync($"repopulse: unexpected failure: {e}");
        }

        return ExitCode.Failed;
    }
}
