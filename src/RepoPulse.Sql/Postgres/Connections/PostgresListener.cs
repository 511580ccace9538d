using Microsoft.Extensions.Logging;
using Npgsql;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// Hears of other processes' changes (<c>LISTEN</c>). While the connection is lost, which is noticed within seconds even where no end of it
/// says so, changes are looked for instead.
/// </summary>
internal sealed partial class PostgresListener(TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const string Events = "repopulse_events";
    private const string Catalog = "repopulse_catalog";

    /// <summary>Below the 250 ms within which the log promises to notice the appends of others.</summary>
    private static readonly TimeSpan WhileDeaf = TimeSpan.FromMilliseconds(200);

    /// <summary>For whatever may go wrong that nobody thought of.</summary>
    private static readonly TimeSpan WhileListening = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ConnectAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// So long the connection is silent before the server is asked whether it is still there, and so long the response may take, in
    /// seconds.
    /// </summary>
    private const int Silence = 10;
    private const int ResponseTimeoutSeconds = 5;

    private readonly CancellationTokenSource _stopping = new();
    private volatile NpgsqlDataSource? _source;
    private Task _listening = Task.CompletedTask;
    private int _isStarted;
    private volatile bool _isListening;

    /// <summary>Called with whether events, and whether the catalog, may have changed.</summary>
    public Action<bool, bool> Notified { get; set; } = static (_, _) => { };

    public bool IsListening => _isListening;

    /// <summary>A statement that notifies the listeners of every process, once the transaction is committed.</summary>
    public static string Notify(bool events, bool catalog) => (events, catalog) switch
    {
        (true, true) => $"SELECT pg_notify('{Events}', ''), pg_notify('{Catalog}', '')",
        (true, false) => $"SELECT pg_notify('{Events}', '')",
        _ => $"SELECT pg_notify('{Catalog}', '')",
    };

    /// <summary>Says where to listen. It begins when somebody waits for the first time: who never does needs no connection.</summary>
    public void Use(NpgsqlDataSource source) => _source = source;

    /// <summary>How often who waits for a change is to look by itself.</summary>
    public TimeSpan LookEvery()
    {
        if (_source is { } source && Interlocked.Exchange(ref _isStarted, 1) == 0)
            _listening = Task.Run(() => RunAsync(source, _stopping.Token));
        return _isListening ? WhileListening : WhileDeaf;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
        if (_source is { } source)
            await source.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync(NpgsqlDataSource source, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(source, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (PostgresErrors.IsStorageError(e))
            {
                if (_isListening)
                    LogDeaf(e);
            }
            finally
            {
                _isListening = false;
            }

            // A caller that waits looks for itself from now on.
            Notified(true, true);
            await Task.Delay(ConnectAgainAfter, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(NpgsqlDataSource source, CancellationToken stopping)
    {
        await using var connection = await source.OpenConnectionAsync(stopping);
        connection.Notification += (_, notification) => Notified(notification.Channel == Events, notification.Channel == Catalog);
        await using (var listen = new NpgsqlCommand($"LISTEN {Events}; LISTEN {Catalog}", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        _isListening = true;
        // What was reported before is not reported again.
        Notified(true, true);
        await using var ask = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = ResponseTimeoutSeconds };
        while (!stopping.IsCancellationRequested)
        {
            if (!await connection.WaitAsync(TimeSpan.FromSeconds(Silence), stopping))
                await ask.ExecuteNonQueryAsync(stopping);
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "The connection that reports other processes' changes is lost; until it is back they are looked for every 200 ms")]
    private partial void LogDeaf(Exception exception);
}
