namespace RepoPulse.Fuzzing.Targets;

/// <summary>A parser that takes outside input.</summary>
internal abstract class FuzzTarget : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>Its part of a run over all targets, in thousandths.</summary>
    public abstract int Share { get; }

    /// <summary>Valid inputs, of every form that there is.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Words that mean something to this parser.</summary>
    public virtual IReadOnlyList<string> Words => [];

    public virtual ValueTask StartAsync() => ValueTask.CompletedTask;

    /// <summary>Gives it an input. What it throws is a failure.</summary>
    /// <returns>Whether the input was accepted, if only in part.</returns>
    public abstract ValueTask<bool> FuzzAsync(byte[] input);

    public ValueTask DisposeAsync() => StopAsync();

    protected virtual ValueTask StopAsync() => ValueTask.CompletedTask;
}
