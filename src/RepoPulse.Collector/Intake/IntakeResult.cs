namespace RepoPulse.Collector.Intake;

/// <summary>What became of a batch of events; the four numbers add up to its size.</summary>
/// <param name="Outdated">Older than the retention period on arrival.</param>
/// <param name="WithoutRepository">Of a gist or a followed user: they belong to no series.</param>
public readonly record struct IntakeResult(int Appended, int AlreadyHeld, int Outdated, int WithoutRepository)
{
    public static IntakeResult operator +(IntakeResult left, IntakeResult right) => new(
        left.Appended + right.Appended,
        left.AlreadyHeld + right.AlreadyHeld,
        left.Outdated + right.Outdated,
        left.WithoutRepository + right.WithoutRepository);

    public static IntakeResult Add(IntakeResult left, IntakeResult right) => left + right;
}
