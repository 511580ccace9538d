using RepoPulse.Api.Metrics;
using RepoPulse.Commands;
using RepoPulse.Configuration;

namespace RepoPulse.Hosting;

/// <summary>Composes a service out of the modules that its role needs, and runs it until it is asked to end.</summary>
internal static partial class RoleHost
{
    /// <summary>Two seconds less than the ten in which a service promises to end.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    public static async Task<int> RunAsync(
        CommandContext context, RepoPulseSettings settings, Role role, CancellationToken cancellationToken)
    {
        await using var app = Build(context, settings, role);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("RepoPulse");
        if (role.HasFlag(Role.Collect) && settings.Collector.Feeds.Count == 0 && !settings.HasWebhooks)
            LogNothingWatched(logger);
        else if (role.HasFlag(Role.Collect) && settings.IsAnonymous)
            LogWithoutToken(logger, settings.Collector.Feeds.Count, TimeSpan.FromMinutes(settings.Collector.Feeds.Count));
        foreach (var warning in SettingsWarnings.Of(settings, role))
            LogWarning(logger, warning);
        await Stores.TryAsync(app.Services, settings, logger, cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new CommandFailedException($"{e.Message} The address is set by {RoleEndpoints.AddressesOf(settings, role).Key}.", e);
        }

        foreach (var url in app.Urls)
            LogStarted(logger, url);
        await app.WaitForShutdownAsync(cancellationToken);
        return FirstFailure(app.Services) is { } failure ? throw failure : ExitCode.Done;
    }

    internal static WebApplication Build(CommandContext context, RepoPulseSettings settings, Role role)
    {
        // Empty: no appsettings.json, no ASPNETCORE_ variables. The configuration is RepoPulse's own, or an unknown key could not be an
        // error.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var urls = RoleEndpoints.AddressesOf(settings, role).Urls;
        builder.WebHost.UseUrls([.. urls]);
        ListenerLimits.Set(builder, settings.Server);
        builder.AddTls(settings.Server.Tls, urls);
        builder.Services.AddRoutingCore();
        builder.Services.AddMetrics();
        builder.Services.AddServiceLogging(settings.Logging);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = ShutdownTimeout;
            host.ServicesStopConcurrently = true;
        });
        builder.Services.AddSingleton(context.Time);
        builder.Services.AddSingleton(SystemDefaults.Random);
        builder.Services.AddRole(settings, role);
        builder.AddTelemetry(context.Environment, role.HasFlag(Role.Serve) ? settings.Api : null);
        var app = builder.Build();
        app.MapRole(settings, role);
        app.MapMetrics();
        return app;
    }

    /// <summary>What ended the host, if a background service did.</summary>
    private static Exception? FirstFailure(IServiceProvider services) => services.GetServices<IHostedService>()
        .OfType<BackgroundService>()
        .Select(service => service.ExecuteTask?.Exception?.GetBaseException())
        .FirstOrDefault(failure => failure is not null);

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Listening at {Url}")]
    private static partial void LogStarted(ILogger logger, string url);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "Nothing is watched: name repositories with --repository OWNER/REPO or in Collector:Repositories")]
    private static partial void LogNothingWatched(ILogger logger);

    [LoggerMessage(
        EventId = 4,
        Level = LogLevel.Warning,
        Message = "There is no token: GitHub answers 60 requests an hour to this machine's address, unchanged pages included, so that " +
            "{Feeds} feeds are asked about once in {Interval} at best. A feed shows its newest 300 events: what passes through one in " +
            "between is lost, and declared as a gap. With a token (GitHub:Tokens) it is 5,000, and what is unchanged costs nothing")]
    private static partial void LogWithoutToken(ILogger logger, int feeds, TimeSpan interval);
}
