using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.Recordings;

/// <summary>A client of recorded responses.</summary>
internal sealed class Replay : IAsyncDisposable
{
    /// <summary>How the clock runs: in larger steps it would leave the connection far behind.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly ReplayServer _server;
    private readonly SocketsHttpHandler _handler;

    public Replay(IEnumerable<RecordedExchange> exchanges, GitHubOptions? options = null, int maxRetries = 3)
    {
        _server = new ReplayServer(exchanges);
        _handler = _server.CreateHandler();

        options = (options ?? new GitHubOptions { Tokens = ["token"] }) with
        {
            RequestTimeout = TimeSpan.FromDays(2),
            MaxRetries = maxRetries,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        GitHub = new StubGitHub(options) { Forward = new HttpMessageInvoker(_handler, disposeHandler: false) };
    }

    public StubGitHub GitHub { get; }

    public GitHubAccount Account => GitHub.Token.Account;

    /// <summary>The heads of the requests, as they came.</summary>
    public IReadOnlyList<string> Requests => [.. _server.Requests];

    public bool IsOver => _server.IsOver;

    public Task<FeedResponse> AskAsync(string? etag = null, Uri? page = null)
        => DriveAsync(GitHub.Client
            .GetPageAsync(new FeedRequest(page ?? GitHub.Client.FirstPage("repos/octo/cat"), etag, GitHub.Token), CancellationToken.None)
            .AsTask());

    public Task<T> DriveAsync<T>(Task<T> task) => GitHub.Time.DriveAsync(task, Step);

    public async ValueTask DisposeAsync()
    {
        GitHub.Dispose();
        _handler.Dispose();
        await _server.DisposeAsync();
    }
}
