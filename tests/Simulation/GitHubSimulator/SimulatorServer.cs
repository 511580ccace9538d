using GitHubSimulator.Http;
using GitHubSimulator.World;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.TestHost;

namespace GitHubSimulator;

/// <summary>A running server over a world: on a socket, or in memory for tests on a virtual clock.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatorServer(WebApplication app, GitHubWorld world, Uri baseAddress)
    {
        _app = app;
        World = world;
        BaseAddress = baseAddress;
    }

    public GitHubWorld World { get; }

    /// <summary>
    /// The API's address, with a slash at the end; GitHub Enterprise Server's form, <c>api/v3/</c> below it, is served too.
    /// </summary>
    public Uri BaseAddress { get; }

    /// <summary>Serves on a socket.</summary>
    /// <param name="url">Where; port 0 for a free one.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorServer> StartAsync(
        GitHubWorld world, string url = "http://127.0.0.1:0", CancellationToken cancellationToken = default)
    {
        var builder = CreateBuilder();
        builder.WebHost.UseUrls(url);
        var app = await StartAsync(builder, world, cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new SimulatorServer(app, world, new Uri(addresses.First()));
    }

    /// <summary>Serves without a socket, through <see cref="CreateHandler"/> alone.</summary>
    public static async Task<SimulatorServer> StartInMemoryAsync(GitHubWorld world, CancellationToken cancellationToken = default)
    {
        var builder = CreateBuilder();
        builder.WebHost.UseTestServer();
        var app = await StartAsync(builder, world, cancellationToken);
        return new SimulatorServer(app, world, app.GetTestServer().BaseAddress);
    }

    /// <summary>A handler whose requests this server serves: in memory, or over its socket without following redirects.</summary>
    public HttpMessageHandler CreateHandler() => _app.Services.GetRequiredService<IServer>() is TestServer server
        ? server.CreateHandler()
        : new SocketsHttpHandler { AllowAutoRedirect = false };

    /// <summary>A client of <see cref="BaseAddress"/> that follows no redirect and has the one header that GitHub requires.</summary>
    public HttpClient CreateClient()
    {
        var client = new HttpClient(CreateHandler()) { BaseAddress = BaseAddress };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("github-simulator-client");
        return client;
    }

    /// <summary>Returns when the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplicationBuilder CreateBuilder()
    {
        // No arguments and no settings: a variable meant for the program under test must not move the simulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddResponseCompression(compression => compression.Providers.Add<GzipCompressionProvider>());
        builder.Services.AddLogging(logging => logging
            .AddSimpleConsole()
            .SetMinimumLevel(LogLevel.Warning)

            // A start that fails is thrown to the caller; the host would log it besides.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None));
        return builder;
    }

    private static async Task<WebApplication> StartAsync(
        WebApplicationBuilder builder, GitHubWorld world, CancellationToken cancellationToken)
    {
        var app = builder.Build();
        app.UseGitHub(world);
        await app.StartAsync(cancellationToken);
        return app;
    }
}
