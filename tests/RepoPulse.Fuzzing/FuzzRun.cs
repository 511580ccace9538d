using System.Diagnostics;
using RepoPulse.Fuzzing.Generation;
using RepoPulse.Fuzzing.Targets;

namespace RepoPulse.Fuzzing;

/// <summary>Gives a target one input after the other, and keeps count.</summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    /// <summary>One of each kind is kept: the rest repeat it.</summary>
    private const int MaxFailures = 20;

    private readonly InputGenerator _inputs = new(target.Seeds, target.Words, seed);
    private readonly Dictionary<string, FuzzFailure> _failures = new(StringComparer.Ordinal);
    private long _next;
    private long _accepted;
    private TimeSpan _elapsed;
    private TimeSpan _slowest;

    /// <summary>The number of the input that is under way.</summary>
    public long Current => Volatile.Read(ref _next);

    public FuzzReport Report => new()
    {
        Target = target.Name,
        Inputs = _next,
        Accepted = _accepted,
        Elapsed = _elapsed,
        Slowest = _slowest,
        Failures = [.. _failures.Values],
    };

    /// <param name="from">The number of the first input.</param>
    public async Task RunAsync(long from, long count)
    {
        Volatile.Write(ref _next, from);
        for (var end = from + count; _next < end; Volatile.Write(ref _next, _next + 1))
            await TryAsync(_inputs.Make(_next));
    }

    public async Task RepeatAsync(byte[] input)
    {
        await TryAsync(input);
        _next++;
    }

    private async ValueTask TryAsync(byte[] input)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (await target.FuzzAsync(input))
                _accepted++;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (_failures.Count < MaxFailures)
                _failures.TryAdd(FuzzFailure.KindOf(e), new FuzzFailure(target.Name, seed, _next, input, e));
        }

        var took = Stopwatch.GetElapsedTime(started);
        _elapsed += took;
        _slowest = took > _slowest ? took : _slowest;
    }
}

/// <summary>What a run came to.</summary>
internal sealed record FuzzReport
{
    public required string Target { get; init; }

    public required long Inputs { get; init; }

    /// <summary>Inputs that were taken for something valid.</summary>
    public required long Accepted { get; init; }

    /// <summary>Time in the target alone.</summary>
    public required TimeSpan Elapsed { get; init; }

    public required TimeSpan Slowest { get; init; }

    public required IReadOnlyList<FuzzFailure> Failures { get; init; }
}
