using RepoPulse.Core.Hosting;
using RepoPulse.GitHub;

namespace RepoPulse.Collector.Retention;

/// <summary>
/// The time by which events are too old. Deleting cannot be undone, so a machine's clock that is ahead must not decide alone: the earlier
/// of it and of GitHub's counts, which also dates the events. Until GitHub has responded, and where it is never asked, the clock counts as
/// it was at the start of the process, moved on by the time that has passed.
/// </summary>
public sealed class RetentionClock(TimeProvider time, GitHubClock? gitHub = null)
{
    private readonly long _zero = MonotonicTime.ZeroOf(time.GetUtcNow(), time.GetSteadyNow());

    /// <summary>Whether the machine's clock has been checked against another, or there is none to check it against.</summary>
    public bool IsChecked => gitHub is null or { IsKnown: true } or { IsDateless: true };

    public DateTimeOffset Now
    {
        get
        {
            var own = time.GetUtcNow();
            var other = gitHub is { IsKnown: true } ? gitHub.Now : MonotonicTime.At(_zero, time.GetSteadyNow());
            return own < other ? own : other;
        }
    }
}
