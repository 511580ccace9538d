namespace RepoPulse.Collector.Polling;

/// <summary>How much rarer than wanted an account's feeds are polled, so that its limits suffice for all of them.</summary>
/// <param name="Ease">From 1: what the wanted interval is multiplied with, up to the safe one.</param>
/// <param name="Overload">From 1: what is multiplied with even where it is not safe. Above 1 feeds may overflow, and gaps be declared.</param>
internal readonly record struct Stretch(double Ease, double Overload)
{
    public static Stretch None { get; } = new(1, 1);
}
