using System.Collections.Concurrent;

namespace RepoPulse.Sql;

/// <summary>
/// The dictionaries of a file. One is trained of the user's own events once there are enough, stored beside them, and used from then on;
/// what was stored before keeps its own. Another process finds a new one in the file when it first meets its number.
/// </summary>
internal sealed class SqlPayloads(SqlDatabase database) : IDisposable
{
    private const int AskEvery = 100;

    private readonly ConcurrentDictionary<int, PayloadCodec> _codecs = new([new(0, PayloadCodec.WithoutDictionary)]);
    private readonly SemaphoreSlim _training = new(1);
    private volatile PayloadCodec _newest = PayloadCodec.WithoutDictionary;
    private long _dueAt;
    private long _heldBefore;
    private int _appendsSince = AskEvery;

    /// <summary>How many events there must be before the first dictionary is trained.</summary>
    internal int FirstAfter { get; init; } = DictionaryTraining.FirstAfter;

    /// <summary>What the next append compresses with.</summary>
    public async ValueTask<PayloadCodec> ForAppendAsync(IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken)
    {
        var held = await CountAsync(events.Count, cancellationToken);
        if (held + events.Count < Volatile.Read(ref _dueAt))
            return _newest;
        // While one append trains, the others go on with what there is; where there is nothing yet, waiting a moment is worth it.
        if (!await _training.WaitAsync(_newest.Number == 0 ? Timeout.Infinite : 0, cancellationToken))
            return _newest;
        try
        {
            await database.ReadAsync(LoadNewest, cancellationToken);
            if (held + events.Count >= Volatile.Read(ref _dueAt))
                await TrainAsync(held, events, cancellationToken);
            return _newest;
        }
        finally
        {
            _training.Release();
        }
    }

    /// <summary>
    /// About how many events there are: asked each time while there is no dictionary yet, then every so many appends, for a new one is not
    /// due on the dot.
    /// </summary>
    private async ValueTask<long> CountAsync(int appended, CancellationToken cancellationToken)
    {
        if (_newest.Number != 0 && Interlocked.Increment(ref _appendsSince) < AskEvery)
            return Interlocked.Add(ref _heldBefore, appended) - appended;
        var held = await database.ReadAsync(static session => session.Last(SqlNumbers.Events), cancellationToken);
        Interlocked.Exchange(ref _heldBefore, held + appended);
        Interlocked.Exchange(ref _appendsSince, 0);
        return held;
    }

    /// <exception cref="InvalidDataException">There is no dictionary of that number, or the frame is damaged.</exception>
    public byte[] Decompress(SqlSession session, int dictionary, ReadOnlySpan<byte> frame)
    {
        if (!_codecs.TryGetValue(dictionary, out var codec))
            codec = _codecs.GetOrAdd(dictionary, Load(session, dictionary));
        return codec.Decompress(frame);
    }

    public void Dispose() => _training.Dispose();

    private static PayloadCodec Load(SqlSession session, int number)
    {
        using var select = session.Prepare("SELECT content FROM dictionary WHERE number = ?1");
        return select.Bind(1, number).Step()
            ? new PayloadCodec(number, select.Blob(0).ToArray())
            : throw new InvalidDataException($"The dictionary {number} is missing.");
    }

    /// <summary>Takes over what another process, or an earlier run, trained.</summary>
    private bool LoadNewest(SqlSession session)
    {
        using var select = session.Prepare("SELECT number, trained_after FROM dictionary ORDER BY number DESC LIMIT 1");
        if (!select.Step())
        {
            Interlocked.CompareExchange(ref _dueAt, FirstAfter, 0);
            return false;
        }

        var number = select.Int32(0);
        if (number == _newest.Number)
            return false;
        _newest = _codecs.GetOrAdd(number, key => Load(session, key));
        Volatile.Write(ref _dueAt, select.Int64(1) + DictionaryTraining.AgainAfter);
        return true;
    }

    private async ValueTask TrainAsync(long held, IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken)
    {
        // Those in hand are part of it: an import's first batch is already stored with the dictionary that it yields.
        var fromStore = DictionaryTraining.MaxSamples - events.Count;
        var stored = fromStore <= 0 ? [] : await database.ReadAsync(session => ReadNewest(session, fromStore), cancellationToken);
        var content = await Task.Run(() => DictionaryTraining.Train([.. events.Select(e => e.Json), .. stored]), cancellationToken);
        if (content is null)
        {
            Volatile.Write(ref _dueAt, held + events.Count + FirstAfter);
            return;
        }

        var number = _newest.Number + 1;
        await database.WriteAsync(
            session =>
            {
                // Nothing where another process stored its own meanwhile: that one is used.
                using var insert = session.Prepare(
                    "INSERT INTO dictionary (number, trained_after, content) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
                return insert.Bind(1, number).Bind(2, held + events.Count).Bind(3, content).Run();
            },
            cancellationToken);
        await database.ReadAsync(LoadNewest, cancellationToken);
    }

    private List<ReadOnlyMemory<byte>> ReadNewest(SqlSession session, int count)
    {
        using var select = session.Prepare(session.Dialect.NewestPayloads);
        select.Bind(1, count);
        var samples = new List<ReadOnlyMemory<byte>>();
        while (select.Step())
            samples.Add(Decompress(session, select.Int32(0), select.Blob(1)));
        return samples;
    }
}
