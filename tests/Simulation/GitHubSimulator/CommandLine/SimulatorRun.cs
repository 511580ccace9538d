using System.Globalization;
using GitHubSimulator.Accounts;
using GitHubSimulator.Archive;
using GitHubSimulator.Faults;
using GitHubSimulator.Generation;
using GitHubSimulator.World;

namespace GitHubSimulator.CommandLine;

/// <summary>The simulator by itself, until it is asked to stop.</summary>
internal static class SimulatorRun
{
    public static async Task<int> RunAsync(SimulatorSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var world = CreateWorld(settings);
            await using var server = await SimulatorServer.StartAsync(world, settings.Url, cancellationToken);
            Console.WriteLine(Describe(settings, world, server.BaseAddress));
            await server.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static GitHubWorld CreateWorld(SimulatorSettings settings)
    {
        var world = new GitHubWorld(TimeProvider.System, new WorldOptions
        {
            Seed = settings.Seed,
            PollInterval = settings.PollInterval,
            AcceptAnyToken = settings.Tokens.Count == 0,
            Limits = new LimitOptions { PerUser = settings.UserLimit, Unauthenticated = settings.UnauthenticatedLimit },
        });
        for (var i = 0; i < settings.Tokens.Count; i++)
        {
            var (login, token) = settings.Tokens[i].Split(':', 2) is [var holder, var secret]
                ? (holder, secret)
                : ($"user-{(i + 1).ToString(CultureInfo.InvariantCulture)}", settings.Tokens[i]);
            world.Accounts.AddToken(login, token);
        }

        PlayArchives(world, settings);
        ActivityGenerator.Play(
            world,
            settings.Repositories.Select(activity => activity with { EventsPerHour = activity.EventsPerHour * settings.Speed }),
            new GenerationOptions { Seed = settings.Seed, History = settings.History, Lateness = settings.Lateness });
        if (settings.Faults is { } faults)
            world.Weather = new FaultWeather(settings.Seed, faults);
        return world;
    }

    private static void PlayArchives(GitHubWorld world, SimulatorSettings settings)
    {
        if (settings.Archives.Count == 0)
            return;
        var now = world.Time.GetUtcNow();
        var timing = settings.ArchiveNewestAgo is { } newestAgo
            ? ArchiveTiming.NewestAt(now - newestAgo, settings.Speed)
            : ArchiveTiming.OldestAt(now - settings.ArchiveOldestAgo, settings.Speed);
        var (events, duplicates, skipped) = ArchivePlayer.Play(world, settings.Archives, timing);
        Console.WriteLine($"Playing {events:N0} recorded events; {duplicates:N0} duplicates and {skipped:N0} unusable lines left out.");
    }

    private static string Describe(SimulatorSettings settings, GitHubWorld world, Uri address)
    {
        var rate = settings.Repositories.Sum(activity => activity.EventsPerHour) * settings.Speed;
        return $"GitHub simulator listening on {address.ToString().TrimEnd('/')}: {world.Repositories.Count:N0} repositories, "
            + $"about {rate:N0} made-up events an hour, X-Poll-Interval {settings.PollInterval.TotalSeconds:N0} s, seed " +
                $"{settings.Seed}. Ctrl-C stops it.";
    }
}
