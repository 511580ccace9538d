using System.Diagnostics.Metrics;

namespace RepoPulse.Api;

/// <summary>What the API counts. No label names a repository or a client.</summary>
internal sealed class ApiMetrics
{
    public const string MeterName = "RepoPulse.Api";

    private readonly Counter<long> _limited;

    public ApiMetrics(IMeterFactory meters) => _limited = meters.Create(MeterName)
        .CreateCounter<long>("repopulse.api.requests.limited", "{request}", "Requests refused because their client had made as many as it may within a minute.");

    public void RequestLimited() => _limited.Add(1);
}
