namespace RepoPulse.Collector.Polling;

/// <summary>How an account's feeds are polled more rarely than wanted, so that its limits suffice for all of them.</summary>
/// <param name="Thrift">
/// From 0, in events times hours: a feed of λ events an hour is polled every √(Thrift/λ) hours at most, where that lets several events come at once.
/// Of all ways to save so many requests this is the one in which events come least late in all: see docs/decisions/0007-sweeps.md.
/// </param>
/// <param name="Ease">From 1: what every wanted interval is multiplied with, those of idle feeds too, where the number of requests is the limit.</param>
/// <param name="Overload">From 1: what every interval is multiplied with even beyond what is safe. Above 1 feeds may overflow, and gaps be declared.</param>
internal readonly record struct Stretch(double Thrift, double Ease, double Overload)
{
    public static Stretch None { get; } = new(0, 1, 1);

    public bool IsNone => this == None;
}
