namespace RepoPulse.GitHub.Recognition;

/// <summary>How many requests were made.</summary>
/// <param name="Begun">Sent.</param>
/// <param name="Ended">Of them, those that are no longer under way.</param>
/// <param name="Free">Of those that ended, the ones that were answered by 304 and count against no limit.</param>
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
