using RepoPulse.GitHub.Limits;

namespace RepoPulse.GitHub.Recognition;

/// <summary>How much of its limit a token was told to have used by an answer that cost one itself, and what we ourselves had asked by then.</summary>
/// <param name="AllBefore">Requests of every token when its own was sent.</param>
/// <param name="OwnBefore">Requests of this token when its own was sent.</param>
/// <param name="Own">Requests of this token when the answer came.</param>
/// <param name="Overlap">Requests of every token that were under way at some time during it: each may or may not be in the figure.</param>
internal readonly record struct UsageReading(RateLimit Limit, RequestCount AllBefore, RequestCount OwnBefore, RequestCount Own, long Overlap)
{
    public int Used => Limit.Used;
}
