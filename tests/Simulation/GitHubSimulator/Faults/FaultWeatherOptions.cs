namespace GitHubSimulator.Faults;

/// <summary>
/// How bad the weather is; all zero by default. A share is a probability: of a request, or of an event where it says so. A spacing is the
/// mean time from one to the next.
/// </summary>
public sealed record FaultWeatherOptions
{
    /// <summary>500, 502 or 503, half of them with HTML; some only after GitHub's ten seconds.</summary>
    public double ServerErrorShare { get; init; }

    /// <summary>The right response, but later: up to <see cref="MaxSlowness"/>, which may be later than the client waits.</summary>
    public double SlowShare { get; init; }

    public TimeSpan MaxSlowness { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The connection is cut before the response.</summary>
    public double CutShare { get; init; }

    /// <summary>The connection is cut after half of the body.</summary>
    public double HalfSentShare { get; init; }

    /// <summary>200 with half of the JSON.</summary>
    public double BrokenJsonShare { get; init; }

    /// <summary>200 with HTML.</summary>
    public double HtmlShare { get; init; }

    /// <summary>
    /// 403 or 429 for a secondary limit that the client did not exceed, half of them with <c>Retry-After</c>; it holds as a real one does.
    /// </summary>
    public double SecondaryLimitShare { get; init; }

    /// <summary>302 or 307 from a repository's present name to its address by id.</summary>
    public double RedirectShare { get; init; }

    /// <summary>A response from a replica that lags behind, up to <see cref="MaxStaleness"/>: a feed as it was then.</summary>
    public double StaleShare { get; init; }

    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Every request takes at least this long, half of it on its way to GitHub and half on the way back.</summary>
    public TimeSpan MinLatency { get; init; }

    public TimeSpan MaxLatency { get; init; }

    /// <summary>Of the events: those that are missing from every feed for a while, from the start or after they were shown.</summary>
    public double OmittedShare { get; init; }

    public TimeSpan MaxOmission { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Of the rows of pages: those that are no event for some minutes. The event is not shown meanwhile.</summary>
    public double BrokenRowShare { get; init; }

    /// <summary>Windows in which everything is 503.</summary>
    public TimeSpan MaintenanceSpacing { get; init; }

    public TimeSpan MaintenanceDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For each repository: windows in which it is 404.</summary>
    public TimeSpan VanishingSpacing { get; init; }

    public TimeSpan VanishingDuration { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>For each repository: windows in which only half of the users may read it, and nobody without a token.</summary>
    public TimeSpan PrivacySpacing { get; init; }

    public TimeSpan PrivacyDuration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Windows in which <c>X-Poll-Interval</c> rises to between one and four minutes more.</summary>
    public TimeSpan LoadSpacing { get; init; }

    public TimeSpan LoadDuration { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>For each user: another program uses up to <see cref="MaxSpending"/> of the hourly limit at once.</summary>
    public TimeSpan SpendingSpacing { get; init; }

    /// <summary>Of the whole limit; 1 may leave nothing.</summary>
    public double MaxSpending { get; init; } = 1;

    /// <summary>
    /// One of the users' tokens is replaced by another (see <see cref="Accounts.AccountDirectory.TokensOf"/>), or revoked for good.
    /// </summary>
    public TimeSpan TokenChangeSpacing { get; init; }

    /// <summary>Of such changes: those that leave nothing in its place, where the user has another.</summary>
    public double RevocationShare { get; init; } = 0.5;

    /// <summary>For each repository: it gets another name; the former redirects.</summary>
    public TimeSpan RenamingSpacing { get; init; }

    /// <summary>Of renamings: those to another owner.</summary>
    public double MoveShare { get; init; } = 0.25;

    /// <summary>Of renamings: those whose redirect is 302 or 307 in place of 301.</summary>
    public double TemporaryRedirectShare { get; init; } = 0.1;

    /// <summary>For each repository: the mean time until it is 404, 410 or 451 for good.</summary>
    public TimeSpan LossSpacing { get; init; }

    /// <summary>Of renamings and losses by 404: those after which another repository takes the name, some hours later.</summary>
    public double NameReuseShare { get; init; } = 0.25;
}
