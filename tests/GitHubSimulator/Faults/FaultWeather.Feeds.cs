using GitHubSimulator.Chance;
using GitHubSimulator.World;

namespace GitHubSimulator.Faults;

public sealed partial class FaultWeather
{
    /// <summary>Of omitted events: those that are missing from the start, and so are shown late.</summary>
    private const double ShownLateShare = 0.3;

    /// <summary>How long after it was first shown an event may begin to be missing.</summary>
    private static readonly TimeSpan LatestOmission = TimeSpan.FromHours(2);

    private static readonly TimeSpan BrokenRowSlot = TimeSpan.FromMinutes(10);

    /// <summary>When feeds omit an event although they should show it; null for never.</summary>
    internal TimeWindow? Omission(SimulatedEvent e)
    {
        if (Options.OmittedShare <= 0)
            return null;
        var draws = Draws.Of(_seed, DrawKind.Omission, e.Id, e.HappenedAt.UtcTicks);
        if (!draws.Happens(Options.OmittedShare))
            return null;
        var from = draws.Happens(ShownLateShare) ? e.VisibleAt : e.VisibleAt + LatestOmission * draws.NextDouble();
        return new TimeWindow(from, from + draws.Between(TimeSpan.FromSeconds(1), Options.MaxOmission));
    }

    /// <summary>What stands in an event's place for now; null for the event itself.</summary>
    internal string? BrokenRow(SimulatedEvent e, DateTimeOffset now)
    {
        var draws = Draws.Of(_seed, DrawKind.BrokenRow, e.Id ^ e.HappenedAt.UtcTicks, now.UtcTicks / BrokenRowSlot.Ticks);
        return draws.Happens(Options.BrokenRowShare)
            ? draws.Pick("null", "{}", "\"Server Error\"", "[]", """{"message":"Server Error"}""", """{"id":null,"type":"PushEvent","repo":null}""")
            : null;
    }

    /// <summary>Whether a repository is 404 for a while.</summary>
    internal bool HasVanished(SimulatedRepository repository, DateTimeOffset now) => _vanishing.At(repository.Id, now) is not null;

    /// <summary>Whether a repository may not be read by a user for a while; null for anyone without a token.</summary>
    internal bool IsPrivateTo(SimulatedRepository repository, string? login, DateTimeOffset now) =>
        _privacy.At(repository.Id, now) is { } window && IsShutOut(repository, login, window);

    /// <summary>The windows in which a repository's feed is not to be seen by a user.</summary>
    internal IEnumerable<TimeWindow> HiddenBetween(SimulatedRepository repository, string? login, DateTimeOffset from, DateTimeOffset until) =>
        _vanishing.Between(repository.Id, from, until)
            .Concat(_privacy.Between(repository.Id, from, until).Where(window => IsShutOut(repository, login, window)));

    private bool IsShutOut(SimulatedRepository repository, string? login, TimeWindow window) =>
        login is null || Draws.Of(_seed, DrawKind.Reader, repository.Id ^ Draws.KeyOf(login), window.From.UtcTicks).Happens(0.5);
}
