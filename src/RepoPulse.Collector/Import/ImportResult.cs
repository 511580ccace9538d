using RepoPulse.Collector.Intake;

namespace RepoPulse.Collector.Import;

/// <summary>What an import came to.</summary>
public sealed record ImportResult
{
    public long Files { get; init; }

    /// <summary>Events read, whatever became of them.</summary>
    public long Events { get; init; }

    /// <summary>Of them, those that the log did not hold.</summary>
    public long New { get; init; }

    public long AlreadyHeld { get; init; }

    /// <summary>Older than the retention period: not kept.</summary>
    public long Outdated { get; init; }

    /// <summary>Of no repository: not kept.</summary>
    public long WithoutRepository { get; init; }

    /// <summary>Lines skipped because they do not hold whole events.</summary>
    public long MalformedLines { get; init; }

    /// <summary>Files that end before their end, and why; their whole lines were kept.</summary>
    public IReadOnlyList<(string File, string Reason)> EndedEarly { get; init; } = [];

    internal ImportResult Plus(IntakeResult intake) => this with
    {
        New = New + intake.Appended,
        AlreadyHeld = AlreadyHeld + intake.AlreadyHeld,
        Outdated = Outdated + intake.Outdated,
        WithoutRepository = WithoutRepository + intake.WithoutRepository,
    };
}
