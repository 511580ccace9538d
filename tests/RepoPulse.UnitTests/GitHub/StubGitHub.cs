using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub;

/// <summary>A client whose responses come from a script, on a fake clock, without any network.</summary>
internal sealed class StubGitHub : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public StubGitHub(GitHubOptions? options = null)
    {
        Options = options ?? new GitHubOptions { Tokens = ["token-a"] };
        Tokens = new TokenPool(Options, Time);
        var metrics = new GitHubMetrics(Meters);
        metrics.Show(Tokens);
        Client = new GitHubClient(new HttpClient(this), Options, metrics, Time, new Random(1), Logger);
    }

    public SettableTime Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public GitHubOptions Options { get; }

    public MeasuringMeterFactory Meters { get; } = new();

    public FakeLogger<GitHubClient> Logger { get; } = new();

    public TokenPool Tokens { get; }

    public GitHubToken Token => Tokens.Tokens[0];

    public GitHubClient Client { get; }

    public List<(DateTimeOffset At, HttpRequestMessage Request)> Requests { get; } = [];

    public StubGitHub Answers(int status, string body = "", params (string Name, string Value)[] headers)
    {
        _answers.Enqueue((_, _) => Task.FromResult(Response(status, body, headers)));
        return this;
    }

    public static HttpResponseMessage Response(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    /// <summary>What was logged at a level and above, as people read it.</summary>
    public IReadOnlyList<string> Logged(LogLevel level = LogLevel.Warning)
        => [.. Logger.Collector.GetSnapshot().Where(record => record.Level >= level).Select(record => record.Message)];

    /// <summary>Has another response, in place of a script.</summary>
    public HttpMessageInvoker? Forward { get; init; }

    /// <summary>Responds according to the request, in place of a script.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage>? Answer { get; set; }

    /// <summary>Responds once a task is done.</summary>
    public StubGitHub AnswersAfter(Task done, int status, string body = "", params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(async (_, _) =>
        {
            await done;
            return Response(status, body, headers);
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

    public Task<FeedResponse> AskAsync(string? etag = null, GitHubToken? token = null)
        => Time.DriveAsync(Client
            .GetPageAsync(new FeedRequest(Client.FirstPage("repos/octo/cat"), etag, token ?? Token), CancellationToken.None)
            .AsTask());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Requests)
            Requests.Add((Time.GetUtcNow(), request));
        if (Answer is not null)
            return Answer(request);
        if (Forward is not null)
            return await Forward.SendAsync(request, cancellationToken);
        Assert.True(_answers.Count > 0, $"An unexpected request: {request.RequestUri}");
        return await _answers.Dequeue()(request, cancellationToken);
    }
}
