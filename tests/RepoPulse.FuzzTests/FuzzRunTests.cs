using RepoPulse.Fuzzing;
using RepoPulse.Fuzzing.Generation;

namespace RepoPulse.FuzzTests;

/// <summary>The fuzz finds what is there to be found, and says how to see it again.</summary>
public sealed class FuzzRunTests
{
    [Theory]
    [InlineData(Weakness.HalfOfASurrogatePair)]
    [InlineData(Weakness.MissingProperty)]
    [InlineData(Weakness.NumberOutOfRange)]
    [InlineData(Weakness.DeepNesting)]
    [InlineData(Weakness.LongText)]
    [InlineData(Weakness.TextThatIsNotUtf8)]
    public async Task A_weakness_is_found_within_some_thousand_inputs_and_again_from_its_report(Weakness weakness)
    {
        await using var target = new WeakTarget(weakness);
        var run = new FuzzRun(target, seed: 1);

        await run.RunAsync(0, 5_000);

        var failure = run.Report.Failures[0];
        var again = new FuzzRun(target, seed: 1);
        await again.RepeatAsync(Convert.FromBase64String(Again(failure.ToString())));
        Assert.Equal(failure.Exception.GetType(), Assert.Single(again.Report.Failures).Exception.GetType());
        var bySeed = new FuzzRun(target, seed: 1);
        await bySeed.RunAsync(failure.Index, 1);
        Assert.Equal(failure.Input, Assert.Single(bySeed.Report.Failures).Input);
    }

    [Fact]
    public async Task What_is_kept_of_each_input_is_seen_in_memory()
    {
        await using var target = new WeakTarget(Weakness.KeepsInputs);

        Assert.True(await FuzzMemory.MeasureAsync(new FuzzRun(target, seed: 1), 20_000) > FuzzMemory.MaxGrowth);
    }

    [Fact]
    public async Task A_bounded_table_is_not_taken_for_growth_wherever_it_stands_at_the_end()
    {
        await using var target = new WeakTarget(Weakness.KeepsInputsForAWhile);

        Assert.InRange(await FuzzMemory.MeasureAsync(new FuzzRun(target, seed: 1), 20_000), long.MinValue, FuzzMemory.MaxGrowth);
    }

    [Fact]
    public void Inputs_depend_on_the_seed_and_their_number_alone()
    {
        byte[][] seeds = [.. Tokens.Utf8("""{"a":[1,"x",{"b":null}]}""", "plain text 17")];
        var one = new InputGenerator(seeds, ["word"], seed: 1);
        var other = new InputGenerator(seeds, ["word"], seed: 1);
        var different = new InputGenerator(seeds, ["word"], seed: 2);

        var inputs = Enumerable.Range(0, 500).Select(i => Convert.ToHexString(one.Make(i))).ToList();

        Assert.Equal(inputs, Enumerable.Range(0, 500).Reverse().Select(i => Convert.ToHexString(other.Make(i))).Reverse());
        Assert.NotEqual(inputs, Enumerable.Range(0, 500).Select(i => Convert.ToHexString(different.Make(i))));
        Assert.InRange(inputs.Distinct().Count(), 300, 500);
    }

    private static string Again(string report) =>
        report.Split('\n').First(line => line.StartsWith("Again:", StringComparison.Ordinal)).Split("--repeat ")[1].Trim();
}
