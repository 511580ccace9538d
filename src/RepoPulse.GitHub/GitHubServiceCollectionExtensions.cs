using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RepoPulse.GitHub;

public static class GitHubServiceCollectionExtensions
{
    /// <summary>
    /// Adds the client and its tokens. Needs a <see cref="TimeProvider"/>, a <see cref="Random"/> and metrics in the container.
    /// </summary>
    public static IServiceCollection AddGitHub(this IServiceCollection services, GitHubOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TokenPool>();
        services.AddSingleton(provider =>
        {
            var metrics = new GitHubMetrics(provider.GetRequiredService<IMeterFactory>());
            metrics.Show(provider.GetRequiredService<TokenPool>());
            return metrics;
        });
        services.AddSingleton(provider => new GitHubClient(
            new HttpClient(provider.GetService<HttpMessageHandler>() ?? CreateHandler(), disposeHandler: false),
            options,
            provider.GetRequiredService<GitHubMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Random>(),
            provider.GetRequiredService<ILogger<GitHubClient>>()));
        services.AddSingleton(provider => provider.GetRequiredService<GitHubClient>().Clock);
        return services;
    }

    /// <summary>One handler for the process; connections are renewed so that a change of GitHub's DNS is seen.</summary>
    internal static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };
}
