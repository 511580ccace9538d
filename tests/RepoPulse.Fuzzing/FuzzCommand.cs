using System.CommandLine;
using System.Globalization;
using RepoPulse.Fuzzing.Targets;

namespace RepoPulse.Fuzzing;

/// <summary>Runs millions of inputs, or one of them again.</summary>
internal static class FuzzCommand
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);

    public static RootCommand Create(TextWriter output)
    {
        var inputs = new Option<long>("--inputs")
        {
            Description = "How many inputs, over all targets",
            DefaultValueFactory = _ => 1_000_000
        };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same inputs", DefaultValueFactory = _ => 1 };
        var target = new Option<string?>("--target") { Description = "One target alone" };
        target.AcceptOnlyFromAmong([.. FuzzTargets.Names]);
        var repeat = new Option<string?>("--repeat") { Description = "One input in base64, as a failure gives it; needs --target" };
        var command = new RootCommand(
            "Gives seeded, damaged input to every parser that takes outside input. Ends with 1 where one fails.")
            {
                inputs,
                seed,
                target,
                repeat
            };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(inputs), parsed.GetValue(seed), parsed.GetValue(target), parsed.GetValue(repeat), output));
        return command;
    }

    private static async Task<int> RunAsync(long inputs, int seed, string? name, string? repeat, TextWriter output)
    {
        var failures = new List<FuzzFailure>();
        var leaks = 0;
        foreach (var target in FuzzTargets.Create(name))
        {
            await using (target)
            {
                await target.StartAsync();
                var run = new FuzzRun(target, seed);
                if (repeat is not null)
                {
                    await run.RepeatAsync(Convert.FromBase64String(repeat));
                    var report = run.Report;
                    await output.WriteLineAsync(
                        report.Failures.Count > 0 ? "It fails." : report.Accepted > 0 ? "It is accepted." : "It is refused.");
                }
                else
                {
                    var growth = await RunAsync(run, name is null ? inputs * target.Share / FuzzTargets.Shares : inputs, output);
                    leaks += growth > FuzzMemory.MaxGrowth ? 1 : 0;
                }

                failures.AddRange(run.Report.Failures);
            }
        }

        foreach (var failure in failures)
            await output.WriteLineAsync($"\n{failure}");
        return failures.Count + leaks > 0 ? 1 : 0;
    }

    /// <returns>By how many bytes memory grew from the first half to the second.</returns>
    private static async Task<long> RunAsync(FuzzRun run, long inputs, TextWriter output)
    {
        long growth;
        var name = run.Report.Target;
        // A parser that hangs shows as an input number that stands still.
        await using (TimeProvider.System.CreateTimer(
            _ => output.WriteLine($"{name}: at input {run.Current:N0}"), null, ProgressInterval, ProgressInterval))
            growth = await FuzzMemory.MeasureAsync(run, inputs);
        var report = run.Report;
        var rate = report.Inputs / Math.Max(0.001, report.Elapsed.TotalSeconds);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            {report.Target}: {report.Inputs:N0} inputs, {report.Accepted * 100.0 / Math.Max(1, report.Inputs):N0} % accepted, {rate:N0}/s
              slowest {report.Slowest.TotalMilliseconds:N1} ms; memory {growth >> 10:N0} kB more than in the first half, {Environment.WorkingSet >> 20} MB in all
              {report.Failures.Count} kinds of failures
            """));
        return growth;
    }
}
