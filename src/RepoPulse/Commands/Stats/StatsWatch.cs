namespace RepoPulse.Commands.Stats;

/// <summary>
/// Shows statistics again and again: in place on a terminal, one below the other elsewhere. Being asked to end is its ordinary end.
/// </summary>
internal static class StatsWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <param name="showAsync">Shows them once. What fails the first time fails the command; later it is reported, and tried again.</param>
    public static async Task<int> RunAsync(
        CommandContext context, Func<CancellationToken, Task<int>> showAsync, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            if (context.Console.Profile.Capabilities.Interactive)
                context.Console.Clear(home: true);
            try
            {
                var shown = await showAsync(cancellationToken);
                if (isFirst && shown != ExitCode.Done)
                    return shown;
            }
            catch (CommandFailedException e) when (!isFirst)
            {
                await context.Error.WriteLineAsync($"repopulse: {e.Message}");
            }

            await Task.Delay(Interval, context.Time, cancellationToken);
        }
    }
}
