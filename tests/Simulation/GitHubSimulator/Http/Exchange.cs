using System.Globalization;
using GitHubSimulator.Accounts;
using GitHubSimulator.Faults;
using GitHubSimulator.Traffic;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>One request on its way: whose it is, what it is charged, and the headers that every response has.</summary>
internal sealed class Exchange
{
    private const string ExposedHeaders = "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, "
        + "X-RateLimit-Resource, X-RateLimit-Reset, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-Request-Id";

    private readonly GitHubWorld _world;
    private bool _isCounted;
    private bool _isUnderWay = true;

    public Exchange(GitHubWorld world, ApiRequest request, string requestId)
    {
        _world = world;
        RequestId = requestId;
        Request = request;
        BeganAt = world.Time.GetUtcNow();
        Token = Credentials.Read(request.Authorization);
        Facts = new RequestFacts(request.Method, request.Path, request.Query, Token);
        Weather = world.Weather?.Requests.Draw(Facts, BeganAt) ?? default;
        User = Token is null || request.IsByApp ? null : world.Accounts.Holder(Token);
        Account = User ?? world.Accounts.Address(request.Address);
        Judge();
        ShutOut = Account.Secondary.Enter(BeganAt);
        if (ShutOut?.Exceeded is { } kind)
            Violate(kind, until: null);
    }

    /// <summary>When the client made the request.</summary>
    public DateTimeOffset BeganAt { get; }

    /// <summary>When it came to GitHub: as of then it is charged.</summary>
    public DateTimeOffset ArrivedAt { get; private set; }

    public RequestWeather Weather { get; }

    /// <summary>Whether GitHub answered, and not an error in its place.</summary>
    public bool IsRight { get; set; }

    /// <summary>The time whose feed the response shows; null where it shows none.</summary>
    public DateTimeOffset? AsOf { get; set; }

    public string RequestId { get; }

    public ApiRequest Request { get; }

    public RequestFacts Facts { get; }

    public string? Token { get; }

    /// <summary>The token's holder; null without a token or with a bad one.</summary>
    public Account? User { get; }

    public Account Account { get; }

    /// <summary>
    /// Set where a secondary limit is exceeded: as the client sees it, which knows when it asks and not when that arrives.
    /// </summary>
    public SecondaryVerdict? ShutOut { get; }

    public string BaseUrl => Request.BaseUrl;

    /// <summary>It has come to GitHub.</summary>
    public void Arrive()
    {
        ArrivedAt = _world.Time.GetUtcNow();
        _world.CatchUp();
        SpendByOthers();
    }

    /// <summary>Charges the request to the primary limit; false where nothing is left of it.</summary>
    public bool TryCharge() => _isCounted = Account.Primary.TryTake(ArrivedAt);

    /// <summary>Settles the account for a response, and writes the headers that every response has.</summary>
    public void Settle(ApiAnswer answer)
    {
        Leave();
        if (_isCounted && answer.Status == StatusCodes.Status304NotModified && Account.IsAuthenticated)
        {
            Account.Primary.Return(ArrivedAt);
            _isCounted = false;
        }

        WriteHeaders(answer);
    }

    /// <summary>
    /// Records the request, and the events that stand in the response as shown if all of it goes out. It comes before the last byte is
    /// sent, so that a client that has read the response finds it recorded.
    /// </summary>
    public void Sent(ApiAnswer answer)
    {
        if (answer.Fate == AnswerFate.Whole)
        {
            RecordShown(answer.Events);
            if (RefusalNotice.Of(answer, _world.Time.GetUtcNow()) is { } notice)
                Account.Notices.Add(Token ?? "", notice with { SentAt = notice.SentAt + _world.Options.Limits.NoticePeriod });
        }

        Record(answer.Fate == AnswerFate.Cut ? 0 : answer.Status, IsRight && answer.Fate == AnswerFate.Whole);
    }

    /// <summary>In place of <see cref="Settle"/> and <see cref="Sent"/>, for a client that went away.</summary>
    public void Abandoned()
    {
        Leave();
        Record(status: 0, isWhole: false);
    }

    /// <summary>Lets the weather's other programs of the same user have used what they used.</summary>
    private void SpendByOthers()
    {
        if (_world.Weather is not { Options.SpendingSpacing.Ticks: > 0 } weather || !Account.IsAuthenticated)
            return;
        lock (_world.Gate)
        {
            weather.Accounts.Spend(Account, Account.SpentUntil > _world.BeganAt ? Account.SpentUntil : _world.BeganAt, ArrivedAt);
            Account.SpentUntil = ArrivedAt;
        }
    }

    private void RecordShown(IReadOnlyList<SimulatedEvent> events)
    {
        if (_world.Options.KeepsShown)
            _world.Shown.Record(events);
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

    private void Record(int status, bool isWhole) => _world.Requests.Record(new RequestRecord(
        BeganAt, Facts.Method, Facts.Path, Facts.Query, status, Token, Account.Name, Request.IfNoneMatch is not null, _isCounted)
    {
        AsOf = AsOf,
        IsWhole = isWhole,
    });

    /// <summary>
    /// Judges the request by what the client had been sent when it made it; what is said while it is under way, it could not know.
    /// </summary>
    private void Judge()
    {
        if (Account.Notices.Find(Token ?? "", BeganAt, Request.AsksForLimits) is { } disregarded)
            Violate(disregarded.IsOwn ? ViolationKind.AskedToWait : ViolationKind.OtherTokenAskedToWait, disregarded.Notice.Until);
    }

    private void Violate(ViolationKind kind, DateTimeOffset? until) =>
        _world.Requests.Record(new LimitViolation(BeganAt, kind, Account.Name, Token, Facts.Path, until));
}
