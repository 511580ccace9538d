using GitHubSimulator.Chance;
using GitHubSimulator.World;

namespace GitHubSimulator.Faults;

/// <summary>What the weather makes of feeds: what they omit, and when they cannot be read.</summary>
internal sealed class FeedFaults(int seed, FaultWeatherOptions options)
{
    /// <summary>Of omitted events: those that are missing from the start, and so are shown late.</summary>
    private const double ShownLateShare = 0.3;

    /// <summary>How long after it was first shown an event may begin to be missing.</summary>
    private static readonly TimeSpan LatestOmission = TimeSpan.FromHours(2);

    private static readonly TimeSpan BrokenRowSlot = TimeSpan.FromMinutes(10);

    private readonly DrawnWindows _vanishing = new(seed, DrawKind.Vanishing, options.VanishingSpacing, options.VanishingDuration);
    private readonly DrawnWindows _privacy = new(seed, DrawKind.Privacy, options.PrivacySpacing, options.PrivacyDuration);
    private readonly DrawnWindows _load = new(seed, DrawKind.Load, options.LoadSpacing, options.LoadDuration);

    /// <summary>What <c>X-Poll-Interval</c> says in place of the usual.</summary>
    public TimeSpan PollInterval(TimeSpan usual, DateTimeOffset now)
    {
        if (_load.At(0, now) is not { } window)
            return usual;
        var draws = Draws.Of(seed, DrawKind.Load, 1, window.From.UtcTicks);
        return usual + TimeSpan.FromSeconds(60 * (1 + draws.Next(4)));
    }

    /// <summary>When feeds omit an event although they should show it; null for never.</summary>
    public TimeWindow? Omission(SimulatedEvent e)
    {
        if (options.OmittedShare <= 0)
            return null;
        var draws = Draws.Of(seed, DrawKind.Omission, e.Id, e.HappenedAt.UtcTicks);
        if (!draws.Happens(options.OmittedShare))
            return null;
        var from = draws.Happens(ShownLateShare) ? e.VisibleAt : e.VisibleAt + LatestOmission * draws.NextDouble();
        return new TimeWindow(from, from + draws.Between(TimeSpan.FromSeconds(1), options.MaxOmission));
    }

    /// <summary>What stands in an event's place for now; null for the event itself.</summary>
    public string? BrokenRow(SimulatedEvent e, DateTimeOffset now)
    {
        var draws = Draws.Of(seed, DrawKind.BrokenRow, e.Id ^ e.HappenedAt.UtcTicks, now.UtcTicks / BrokenRowSlot.Ticks);
        return draws.Happens(options.BrokenRowShare)
            ? draws.Pick(
                "null", "{}", "\"Server Error\"", "[]", """{"message":"Server Error"}""", """{"id":null,"type":"PushEvent","repo":null}""")
            : null;
    }

    /// <summary>Whether a repository is 404 for a while.</summary>
    public bool HasVanished(SimulatedRepository repository, DateTimeOffset now) => _vanishing.At(repository.Id, now) is not null;

    /// <summary>Whether a repository may not be read by a user for a while; null for anyone without a token.</summary>
    public bool IsPrivateTo(SimulatedRepository repository, string? login, DateTimeOffset now) =>
        _privacy.At(repository.Id, now) is { } window && IsShutOut(repository, login, window);

    /// <summary>The windows in which a repository's feed is not to be seen by a user.</summary>
    public IEnumerable<TimeWindow> HiddenBetween(
        SimulatedRepository repository,
        string? login,
        DateTimeOffset from,
        DateTimeOffset until) =>
        _vanishing.Between(repository.Id, from, until)
            .Concat(_privacy.Between(repository.Id, from, until).Where(window => IsShutOut(repository, login, window)));

    private bool IsShutOut(SimulatedRepository repository, string? login, TimeWindow window) =>
        login is null || Draws.Of(seed, DrawKind.Reader, repository.Id ^ Draws.KeyOf(login), window.From.UtcTicks).Happens(0.5);
}
