using RepoPulse.GitHub.Limits;

namespace RepoPulse.GitHub.Recognition;

/// <summary>How much of its limit a token was told to have used, and what we ourselves had asked by then.</summary>
/// <param name="Charge">What the request cost that was answered so.</param>
/// <param name="AllBefore">Requests of every token when that request was sent.</param>
/// <param name="OwnBefore">Requests of this token when that request was sent.</param>
/// <param name="Own">Requests of this token when the answer came.</param>
/// <param name="Overlap">Requests of every token that were under way at some time during it: each may or may not be in the figure.</param>
internal readonly record struct UsageReading(
    RateLimit Limit, RequestCharge Charge, RequestCount AllBefore, RequestCount OwnBefore, RequestCount Own, long Overlap)
{
    public int Used => Limit.Used;
}
