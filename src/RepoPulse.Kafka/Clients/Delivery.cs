using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>Waits for the brokers' confirmations of some records.</summary>
internal sealed class Delivery
{
    private readonly TaskCompletionSource<Error?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;
    private Error? _error;

    public Delivery(int records)
    {
        _left = records;
        Handler = OnReport;
    }

    public Action<DeliveryReport<byte[], byte[]>> Handler { get; }

    /// <summary>The first error; null where every record is durable.</summary>
    public Task<Error?> Task => _done.Task;

    private void OnReport(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError || report.Status != PersistenceStatus.Persisted)
            Interlocked.CompareExchange(ref _error, report.Error, null);
        if (Interlocked.Decrement(ref _left) == 0)
            _done.SetResult(_error);
    }
}
