using System.Globalization;
using GitHubSimulator.Accounts;
using GitHubSimulator.Faults;
using GitHubSimulator.Traffic;
using GitHubSimulator.World;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GitHubSimulator.Http;

/// <summary>One request on its way: whose it is, what it is charged, and the headers that every answer has.</summary>
internal sealed class Exchange
{
    private const string ExposedHeaders = "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, "
        + "X-RateLimit-Resource, X-RateLimit-Reset, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-Request-Id";

    private readonly GitHubWorld _world;
    private readonly HttpContext _context;
    private bool _isCounted;
    private int _isSettled;

    public Exchange(GitHubWorld world, HttpContext context, string requestId)
    {
        _world = world;
        _context = context;
        RequestId = requestId;
        BeganAt = world.Time.GetUtcNow();
        var request = context.Request;
        Token = Credentials.Read(request.Headers.Authorization);
        Facts = new RequestFacts(request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", Token);
        User = Token is null ? null : world.Accounts.Holder(Token);
        Account = User ?? world.Accounts.Address(context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1");
        ShutOutFor = Account.Secondary.Enter(BeganAt);
        context.Features.Set(this);
    }

    public DateTimeOffset BeganAt { get; }

    public string RequestId { get; }

    public RequestFacts Facts { get; }

    public string? Token { get; }

    /// <summary>The token's holder; null without a token or with a bad one.</summary>
    public Account? User { get; }

    public Account Account { get; }

    /// <summary>Set where a secondary limit is exceeded.</summary>
    public TimeSpan? ShutOutFor { get; }

    public HttpRequest Request => _context.Request;

    /// <summary>The API's address as the client wrote it, without a slash at the end.</summary>
    public string BaseUrl => $"{Request.Scheme}://{Request.Host}{Request.PathBase}";

    public StringValues IfNoneMatch => Request.Headers.IfNoneMatch;

    public static Exchange Of(HttpContext context) => context.Features.GetRequiredFeature<Exchange>();

    /// <summary>Charges the request to the primary limit; false where nothing is left of it.</summary>
    public bool TryCharge() => _isCounted = Account.Primary.TryTake(BeganAt);

    /// <summary>
    /// Settles the account, writes the headers and records the request. It comes before the first byte is sent, so that whoever reads the answer
    /// finds it recorded.
    /// </summary>
    public void Settle()
    {
        if (Interlocked.Exchange(ref _isSettled, 1) != 0)
            return;
        Account.Secondary.Leave();
        var response = _context.Response;
        if (_isCounted && response.StatusCode == StatusCodes.Status304NotModified && Account.IsUser)
        {
            Account.Primary.Return(BeganAt);
            _isCounted = false;
        }

        WriteHeaders(response.Headers);
        Record(response.StatusCode);
    }

    /// <summary>In place of <see cref="Settle"/>, for a request that gets no answer.</summary>
    public void SettleAborted()
    {
        if (Interlocked.Exchange(ref _isSettled, 1) != 0)
            return;
        Account.Secondary.Leave();
        Record(status: 0);
    }

    private void WriteHeaders(IHeaderDictionary headers)
    {
        var now = _world.Time.GetUtcNow();
        var quota = Account.Primary.Read(now);
        Default(HeaderNames.Date, now.ToString("R", CultureInfo.InvariantCulture));
        Default(HeaderNames.Server, "github.com");
        Default("X-GitHub-Media-Type", "github.v3; format=json");
        Default("X-GitHub-Request-Id", RequestId);
        Default("X-RateLimit-Limit", quota.Limit.ToString(CultureInfo.InvariantCulture));
        Default("X-RateLimit-Remaining", quota.Remaining.ToString(CultureInfo.InvariantCulture));
        Default("X-RateLimit-Used", quota.Used.ToString(CultureInfo.InvariantCulture));
        Default("X-RateLimit-Reset", quota.ResetEpochSeconds.ToString(CultureInfo.InvariantCulture));
        Default("X-RateLimit-Resource", "core");
        Default(HeaderNames.AccessControlAllowOrigin, "*");
        Default(HeaderNames.AccessControlExposeHeaders, ExposedHeaders);
        Default(HeaderNames.XContentTypeOptions, "nosniff");

        void Default(string name, string value)
        {
            if (!headers.ContainsKey(name))
                headers[name] = value;
        }
    }

    private void Record(int status) => _world.Requests.Record(new RequestRecord(
        BeganAt, Facts.Method, Facts.Path, Facts.Query, status, Token, Account.Name, IfNoneMatch.Count > 0, _isCounted));
}
