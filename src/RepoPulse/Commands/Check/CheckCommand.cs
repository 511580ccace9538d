using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.Configuration;
using RepoPulse.GitHub;
using RepoPulse.Hosting;
using RepoPulse.Sql;

namespace RepoPulse.Commands.Check;

/// <summary>Tries everything that the configuration names, and reports for each whether it works.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
    {
        await WriteAsync(context, true, "configuration", $"valid; {settings.Collector.Feeds.Count} feeds to watch");
        foreach (var warning in SettingsWarnings.Of(settings, Role.None))
            await context.Error.WriteLineAsync($"warn   {warning}");
        await using var services = Compose(context, settings);
        var works = true;
        if (settings.IsKafka)
        {
            var detail = $"reached at {string.Join(", ", settings.Kafka.BootstrapServers)}, every topic as it should be";
            works &= await CheckStoreAsync(
                context, "Kafka", detail, "Kafka:BootstrapServers", () => Stores.OpenKafkaAsync(services, cancellationToken));
        }

        if (services.GetService<SqlDatabase>() is not null)
        {
            var detail = $"{settings.Storage.Provider}, opened and writable";
            works &= await CheckStoreAsync(
                context, "database", detail, "Storage:ConnectionString", () => Stores.OpenDatabaseAsync(services, cancellationToken));
        }

        var client = services.GetRequiredService<GitHubClient>();
        foreach (var token in services.GetRequiredService<TokenPool>().Tokens)
            works &= await CheckTokenAsync(context, settings, client, token, cancellationToken);
        return works ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<bool> CheckStoreAsync(CommandContext context, string what, string detail, string key, Func<ValueTask> open)
    {
        try
        {
            await open();
            await WriteAsync(context, true, what, detail);
            return true;
        }
        catch (StorageException e)
        {
            // Where the cause is not the address, it says itself which setting to look at.
            await WriteAsync(context, false, what, e.Message.Contains("Kafka:Partitions", StringComparison.Ordinal)
                || e.Message.Contains("Kafka:TopicPrefix", StringComparison.Ordinal)
                || e.Message.Contains(key, StringComparison.Ordinal) ? e.Message : $"{e.Message} ({key})");
            return false;
        }
    }

    private static async Task<bool> CheckTokenAsync(
        CommandContext context, RepoPulseSettings settings, GitHubClient client, GitHubToken token, CancellationToken cancellationToken)
    {
        var (what, key) = token switch
        {
            { IsAnonymous: true } => ("GitHub without a token", "GitHub:Tokens"),
            { IsInstallation: true } => ($"GitHub App {settings.GitHub.App!.Id}, {token.Name}", "GitHub:App"),
            _ => ($"GitHub token {token.Name}", "GitHub:Tokens"),
        };
        var answer = await client.CheckTokenAsync(token, cancellationToken);
        var limit = token.Account.Primary is { } primary
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; {primary.Remaining} of {primary.Limit} requests left until {primary.ResetsAt:yyyy-MM-ddTHH:mm:ssZ}")
            : "";
        // GitHub Enterprise Server responds with 404 here where its limits are switched off.
        var works = answer.Kind is FeedResponseKind.Page or FeedResponseKind.NotFound;
        await WriteAsync(context, works, what, works
            ? $"accepted by {settings.GitHub.ApiUrl}{limit}"
            : $"{answer.Error ?? answer.Kind.ToString()} at {settings.GitHub.ApiUrl} (GitHub:ApiUrl, {key}){limit}");
        return works;
    }

    private static ServiceProvider Compose(CommandContext context, RepoPulseSettings settings) => new ServiceCollection()
        .AddSingleton(context.Time)
        .AddSingleton(SystemDefaults.Random)
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddLogging()
        .AddMetrics()
        .AddStores(settings)
        // A user who runs a check is waiting: one more try is enough.
        .AddGitHub(settings.GitHub with { MaxRetries = 1 })
        .BuildServiceProvider();

    private static Task WriteAsync(CommandContext context, bool works, string what, string detail)
        => (works ? context.Out : context.Error).WriteLineAsync($"{(works ? "ok    " : "FAILED")} {what}: {detail}");
}
