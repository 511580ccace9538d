using System.Diagnostics.Metrics;

namespace RepoPulse.Api.Metrics;

/// <summary>What the API counts. No label names a repository or a client.</summary>
internal sealed class ApiMetrics
{
    public const string MeterName = "RepoPulse.Api";

    private readonly Counter<long> _limited;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _cut;
    private readonly Counter<long> _hostsRefused;
    private readonly UpDownCounter<long> _readers;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _repeated;

    public ApiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _limited = meter.CreateCounter<long>(
            "repopulse.api.requests.limited",
            "{request}",
            "Requests refused because their client had made as many as it may within a minute.");
        _refused = meter.CreateCounter<long>(
            "repopulse.api.requests.refused",
            "{request}",
            "Requests refused because too much else was under way, by what there was too much of.");
        _cut = meter.CreateCounter<long>(
            "repopulse.api.responses.cut",
            "{response}",
            "Responses cut off because their client read too slowly, or not at all, by reason.");
        _hostsRefused = meter.CreateCounter<long>(
            "repopulse.api.requests.wrong_host", "{request}", "Requests refused because their Host header is none of Api:AllowedHosts.");
        _readers = meter.CreateUpDownCounter<long>(
            "repopulse.api.stream.readers", "{reader}", "Readers of the stream that are connected.");
        _dropped = meter.CreateCounter<long>(
            "repopulse.api.stream.readers.dropped", "{reader}", "Readers of the stream that were disconnected because they were too slow.");
        _messages = meter.CreateCounter<long>(
            "repopulse.api.stream.messages", "{message}", "Messages written to readers of the stream, by event.");
        _repeated = meter.CreateCounter<long>(
            "repopulse.api.stream.events.repeated",
            "{event}",
            "Events of shown repositories left out of the stream because they had been sent before, in this or another form.");
    }

    public void RequestLimited() => _limited.Add(1);

    /// <param name="what">Of which there was too much.</param>
    public void RequestRefused(string what) => _refused.Add(1, new KeyValuePair<string, object?>("reason", what));

    public void ResponseCut(string reason) => _cut.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void HostRefused() => _hostsRefused.Add(1);

    public void ReaderEntered() => _readers.Add(1);

    public void ReaderLeft() => _readers.Add(-1);

    public void ReaderDropped() => _dropped.Add(1);

    public void MessageSent(string message) => _messages.Add(1, new KeyValuePair<string, object?>("event", message));

    public void EventRepeated() => _repeated.Add(1);
}
