using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.GitHub;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.UnitTests.GitHub;

/// <summary>A client whose requests are answered by a script, on a fake clock, without any network.</summary>
internal sealed class StubGitHub : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public StubGitHub(GitHubOptions? options = null)
    {
        Options = options ?? new GitHubOptions { Tokens = ["token-a"] };
        Tokens = new TokenPool(Options, Time);
        Client = new GitHubClient(
            new HttpClient(this), Options, new GitHubMetrics(new TestMeterFactory()), Time, new Random(1), NullLogger<GitHubClient>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public GitHubOptions Options { get; }

    public TokenPool Tokens { get; }

    public GitHubToken Token => Tokens.Tokens[0];

    public GitHubClient Client { get; }

    public List<(DateTimeOffset At, HttpRequestMessage Request)> Requests { get; } = [];

    public StubGitHub Answers(int status, string body = "", params (string Name, string Value)[] headers)
    {
        _answers.Enqueue((_, _) =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(response);
        });
        return this;
    }

    public StubGitHub Throws(Exception exception)
    {
        _answers.Enqueue((_, _) => Task.FromException<HttpResponseMessage>(exception));
        return this;
    }

    public StubGitHub NeverAnswers()
    {
        _answers.Enqueue(async (_, cancellation) =>
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            await using var registration = cancellation.Register(() => never.TrySetCanceled(cancellation));
            return await never.Task;
        });
        return this;
    }

    public Task<FeedAnswer> AskAsync(string? etag = null, GitHubToken? token = null)
        => Time.DriveAsync(Client.GetPageAsync(new FeedRequest(Client.FirstPage("repos/octo/cat"), etag, token ?? Token), CancellationToken.None).AsTask());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((Time.GetUtcNow(), request));
        Assert.True(_answers.Count > 0, $"An unexpected request: {request.RequestUri}");
        return await _answers.Dequeue()(request, cancellationToken);
    }
}
