namespace RepoPulse.GitHub;

/// <summary>How many requests were made.</summary>
/// <param name="Begun">Sent.</param>
/// <param name="Ended">Of them, those that are no longer under way.</param>
/// <param name="Free">Of those that ended, those whose response was 304, which count against no limit.</param>
/// <param name="Charged">Of those that ended, the ones that count against the limit for certain.</param>
internal readonly record struct RequestCount(long Begun, long Ended, long Free, long Charged)
{
    public RequestCount Begin() => this with { Begun = Begun + 1 };

    public RequestCount End(RequestCharge charge) => this with
    {
        Ended = Ended + 1,
        Free = Free + (charge == RequestCharge.Free ? 1 : 0),
        Charged = Charged + (charge == RequestCharge.One ? 1 : 0),
    };
}

/// <summary>What a request costs of the primary limit.</summary>
internal enum RequestCharge
{
    /// <summary>One, or nothing: an error, or no response at all.</summary>
    Unknown,

    /// <summary>Nothing: a 304 to a token, or a question about the limit itself.</summary>
    Free,

    /// <summary>One: a response in full.</summary>
    One,
}

/// <summary>
/// How much of its limit a token has used according to a response that cost one itself, and what we ourselves had asked by then.
/// </summary>
/// <param name="AllBefore">Requests of every token when its own was sent.</param>
/// <param name="OwnBefore">Requests of this token when its own was sent.</param>
/// <param name="Own">Requests of this token when the response came.</param>
/// <param name="Overlap">Requests of every token that were under way at some time during it: each may or may not be in the value.</param>
internal readonly record struct UsageSample(RateLimit Limit, RequestCount AllBefore, RequestCount OwnBefore, RequestCount Own, long Overlap)
{
    public int Used => Limit.Used;
}
