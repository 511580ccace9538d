using GitHubSimulator.Chance;
using GitHubSimulator.World;

namespace GitHubSimulator.Truth;

/// <summary>Finds out when each event of a repository stood in its feed.</summary>
internal static class VisibilityRecorder
{
    public static List<Visibility> Record(
        GitHubWorld world, SimulatedRepository repository, string? login, DateTimeOffset from, DateTimeOffset until)
    {
        var since = new Dictionary<SimulatedEvent, DateTimeOffset>();
        var hidden = HiddenWindows.Of(world, repository, login, from, until);
        var found = new List<Visibility>();
        var replay = new FeedReplay(world, [repository], _ => true, from, until);
        foreach (var e in replay.Feed)
            since[e] = from;
        replay.Changed = (e, at, appears) =>
        {
            if (appears)
                since[e] = at;
            else if (since.Remove(e, out var start))
                Add(e, start, at);
        };
        replay.AdvanceTo(until);
        foreach (var (e, start) in since)
            Add(e, start, until);
        return found;

        void Add(SimulatedEvent e, DateTimeOffset start, DateTimeOffset end)
        {
            foreach (var seen in HiddenWindows.Subtract(new TimeWindow(start, end), hidden))
                found.Add(new Visibility(e.ToKey(), seen.From, seen.Until));
        }
    }
}
