using RepoPulse.Fuzzing;
using RepoPulse.Fuzzing.Targets;

namespace RepoPulse.FuzzTests;

/// <summary>A hundred thousand inputs over every parser that takes outside input. Millions: tests/RepoPulse.Fuzzing.</summary>
public sealed class ParserTests
{
    private const int Inputs = 100_000;
    private const int Seed = 20261123;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task No_input_makes_a_parser_fail_or_keep_memory(string name)
    {
        await using var target = FuzzTargets.Create(name).Single();
        await target.StartAsync();
        var run = new FuzzRun(target, Seed);

        var growth = await FuzzMemory.MeasureAsync(run, Inputs * target.Share / FuzzTargets.Shares);

        var report = run.Report;
        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures));
        Assert.InRange(growth, long.MinValue, FuzzMemory.MaxGrowth);
        // Inputs that are all refused at the door, or all taken, would show nothing.
        Assert.InRange(report.Accepted, report.Inputs / 20, report.Inputs * 19 / 20);
    }

    [Fact]
    public void The_targets_share_all_inputs() => Assert.Equal(FuzzTargets.Shares, FuzzTargets.Create().Sum(target => target.Share));

    [Fact]
    public void Targets_are_called_what_the_command_calls_them() =>
        Assert.Equal(FuzzTargets.Names, FuzzTargets.Create().Select(target => target.Name));
}
