using System.Globalization;

namespace RepoPulse.Core;

/// <summary>
/// A place in the event log to resume from: how far each partition has been read. A log in SQL has one partition. The text form is opaque
/// to clients, round-trips through <see cref="TryParse"/> and holds only digits, dots and hyphens.
/// </summary>
public readonly struct LogPosition : IEquatable<LogPosition>
{
    private readonly long[]? _offsets;

    private LogPosition(long[] offsets) => _offsets = offsets;

    /// <summary>Before the first event.</summary>
    public static LogPosition Start => default;

    /// <summary>What has been read of each partition; empty for <see cref="Start"/>.</summary>
    public ReadOnlySpan<long> Offsets => _offsets;

    /// <summary>How far a partition has been read; <see cref="long.MinValue"/> where it is not named.</summary>
    public long this[int partition] => partition < Offsets.Length ? Offsets[partition] : long.MinValue;

    public static LogPosition Of(params ReadOnlySpan<long> offsets) => new(offsets.ToArray());

    public static bool TryParse(ReadOnlySpan<char> text, out LogPosition position)
    {
        position = default;
        if (text.IsEmpty)
            return true;
        var offsets = new List<long>();
        foreach (var range in text.Split('.'))
        {
            if (!long.TryParse(text[range], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset))
                return false;
            offsets.Add(offset);
        }

        position = new LogPosition([.. offsets]);
        return true;
    }

    public static bool operator ==(LogPosition left, LogPosition right) => left.Equals(right);

    public static bool operator !=(LogPosition left, LogPosition right) => !left.Equals(right);

    public bool Equals(LogPosition other) => Offsets.SequenceEqual(other.Offsets);

    public override bool Equals(object? obj) => obj is LogPosition other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var offset in Offsets)
            hash.Add(offset);
        return hash.ToHashCode();
    }

    /// <summary>Whether what lies before another place lies before this one too. A partition that is not named has not been read.</summary>
    public bool Covers(LogPosition other)
    {
        for (var partition = 0; partition < other.Offsets.Length; partition++)
        {
            if (this[partition] < other.Offsets[partition])
                return false;
        }

        return true;
    }

    /// <summary>The place before which all lies that lies before either.</summary>
    public static LogPosition Furthest(LogPosition left, LogPosition right)
    {
        if (left.Covers(right))
            return left;
        var offsets = new long[Math.Max(left.Offsets.Length, right.Offsets.Length)];
        for (var partition = 0; partition < offsets.Length; partition++)
            offsets[partition] = Math.Max(left[partition], right[partition]);
        return new LogPosition(offsets);
    }

    public override string ToString() => string.Join('.', _offsets ?? []);
}

/// <summary>A secret that belongs to a log: the same for every process that reads it, and known to nobody else.</summary>
public interface ILogSecret
{
    /// <summary>At least 16 random bytes, which stay the same for as long as the log does.</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken);
}
