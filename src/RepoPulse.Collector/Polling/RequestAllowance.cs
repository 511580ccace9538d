namespace RepoPulse.Collector.Polling;

/// <summary>What an account may ask.</summary>
/// <param name="Paid">Requests an hour that may count against the primary limit.</param>
/// <param name="Sent">Requests an hour in all, those that are free included.</param>
internal readonly record struct RequestAllowance(double Paid, double Sent);
