using System.Globalization;
using GitHubSimulator.Accounts;
using GitHubSimulator.Faults;
using GitHubSimulator.Traffic;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>One request on its way: whose it is, what it is charged, and the headers that every answer has.</summary>
internal sealed class Exchange
{
    private const string ExposedHeaders = "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, "
        + "X-RateLimit-Resource, X-RateLimit-Reset, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-Request-Id";

    private readonly GitHubWorld _world;
    private bool _isCounted;
    private bool _isUnderWay;

    public Exchange(GitHubWorld world, ApiRequest request, string requestId)
    {
        _world = world;
        RequestId = requestId;
        Request = request;
        BeganAt = world.Time.GetUtcNow();
        Token = Credentials.Read(request.Authorization);
        Facts = new RequestFacts(request.Method, request.Path, request.Query, Token);
        Weather = world.Weather?.Draw(Facts, BeganAt) ?? default;
        User = Token is null ? null : world.Accounts.Holder(Token);
        Account = User ?? world.Accounts.Address(request.Address);
    }

    /// <summary>When the client made the request.</summary>
    public DateTimeOffset BeganAt { get; }

    /// <summary>When it came to GitHub: as of then it is judged.</summary>
    public DateTimeOffset ArrivedAt { get; private set; }

    public RequestWeather Weather { get; }

    public string RequestId { get; }

    public ApiRequest Request { get; }

    public RequestFacts Facts { get; }

    public string? Token { get; }

    /// <summary>The token's holder; null without a token or with a bad one.</summary>
    public Account? User { get; }

    public Account Account { get; }

    /// <summary>Set where a secondary limit is exceeded.</summary>
    public TimeSpan? ShutOutFor { get; private set; }

    public string BaseUrl => Request.BaseUrl;

    public void Arrive()
    {
        ArrivedAt = _world.Time.GetUtcNow();
        ShutOutFor = Account.Secondary.Enter(ArrivedAt);
        _isUnderWay = true;
    }

    /// <summary>Charges the request to the primary limit; false where nothing is left of it.</summary>
    public bool TryCharge() => _isCounted = Account.Primary.TryTake(ArrivedAt);

    /// <summary>Settles the account for an answer, and writes the headers that every answer has.</summary>
    public void Settle(ApiAnswer answer)
    {
        Leave();
        if (_isCounted && answer.Status == StatusCodes.Status304NotModified && Account.IsUser)
        {
            Account.Primary.Return(ArrivedAt);
            _isCounted = false;
        }

        WriteHeaders(answer);
    }

    /// <summary>
    /// Records the request, and the events that stand in the answer as shown if all of it goes out. It comes before the last byte is sent, so
    /// that whoever has read the answer finds it recorded.
    /// </summary>
    public void Sent(ApiAnswer answer)
    {
        if (answer.Fate == AnswerFate.Whole)
            _world.Shown.Record(answer.Events);
        Record(answer.Fate == AnswerFate.Cut ? 0 : answer.Status);
    }

    /// <summary>In place of <see cref="Settle"/> and <see cref="Sent"/>, for a client that went away.</summary>
    public void Abandoned()
    {
        Leave();
        Record(status: 0);
    }

    private void Leave()
    {
        if (_isUnderWay)
            Account.Secondary.Leave();
        _isUnderWay = false;
    }

    private void WriteHeaders(ApiAnswer answer)
    {
        var now = _world.Time.GetUtcNow();
        var quota = Account.Primary.Read(now);
        answer.AddIfAbsent("Date", now.ToString("R", CultureInfo.InvariantCulture));
        answer.AddIfAbsent("Server", "github.com");
        answer.AddIfAbsent("X-GitHub-Media-Type", "github.v3; format=json");
        answer.AddIfAbsent("X-GitHub-Request-Id", RequestId);
        answer.AddIfAbsent("X-RateLimit-Limit", quota.Limit.ToString(CultureInfo.InvariantCulture));
        answer.AddIfAbsent("X-RateLimit-Remaining", quota.Remaining.ToString(CultureInfo.InvariantCulture));
        answer.AddIfAbsent("X-RateLimit-Used", quota.Used.ToString(CultureInfo.InvariantCulture));
        answer.AddIfAbsent("X-RateLimit-Reset", quota.ResetEpochSeconds.ToString(CultureInfo.InvariantCulture));
        answer.AddIfAbsent("X-RateLimit-Resource", "core");
        answer.AddIfAbsent("Access-Control-Allow-Origin", "*");
        answer.AddIfAbsent("Access-Control-Expose-Headers", ExposedHeaders);
        answer.AddIfAbsent("X-Content-Type-Options", "nosniff");
    }

    private void Record(int status) => _world.Requests.Record(new RequestRecord(
        BeganAt, Facts.Method, Facts.Path, Facts.Query, status, Token, Account.Name, Request.IfNoneMatch is not null, _isCounted));
}
