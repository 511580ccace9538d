namespace RepoPulse.TestServers.Kafka;

/// <summary>
/// The broker of a whole test run: the one that <c>REPOPULSE_TEST_KAFKA</c> names, else one of its own, started when it is first needed. An
/// assembly fixture; <c>TestContext.Current.GetFixture</c> gives it to those who cannot have it injected.
/// </summary>
public class SharedKafka : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private KafkaServer? _own;

    protected virtual KafkaServerOptions Options => new();

    private static string? Named => Environment.GetEnvironmentVariable("REPOPULSE_TEST_KAFKA") is { Length: > 0 } named ? named : null;

    /// <summary>A name that no other topic begins with. Where no broker can be had the test is skipped, in CI it fails.</summary>
    public async Task<KafkaTopics> CreateTopicsAsync(CancellationToken cancellationToken = default) =>
        new(Named ?? (await OwnAsync(cancellationToken)).BootstrapServers);

    /// <summary>
    /// A cluster of the test's own, for it to restart and to kill. Where none can be started the test is skipped, in CI it fails.
    /// </summary>
    public static async Task<KafkaServer> StartAnotherAsync(KafkaServerOptions options, CancellationToken cancellationToken)
    {
        if (KafkaInstallation.Find() is null)
            Requirement.IsMissing(KafkaServer.HowToGetOne);
        return await KafkaServer.StartNewAsync(options, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync();
        _turn.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The run's own, even where another is named, for those who end its nodes while nobody else uses it.</summary>
    public async Task<KafkaServer> OwnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _own ??= await StartAnotherAsync(Options, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
