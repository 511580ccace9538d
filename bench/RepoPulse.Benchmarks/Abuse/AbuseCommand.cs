using System.CommandLine;

namespace RepoPulse.Benchmarks.Abuse;

/// <summary>
/// What a stranger may do to a server, on this machine alone, bounded in number and in time: memory and latency before, during and after an
/// attack.
/// </summary>
internal static class AbuseCommand
{
    public static Command Create(Option<string> executable)
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each attack is held", DefaultValueFactory = _ => 20 };
        var readers = new Command("readers", "Readers of streams and lists that read nothing, or barely anything") { executable, seconds };
        readers.SetAction((result, cancellation) => ReadersAbuse.RunAsync(
            result.GetValue(executable)!, TimeSpan.FromSeconds(result.GetValue(seconds)), Console.Out, cancellation));

        var activity = new Command("activity", "150 requests at once that each read 200,000 events or sort 20,000 repositories")
        {
            executable
        };
        activity.SetAction((result, cancellation) => ActivityAbuse.RunAsync(result.GetValue(executable)!, Console.Out, cancellation));

        var webhooks = new Command("webhooks", "Bodies of webhooks without a valid signature: fast, slow, in chunks and small")
        {
            executable,
            seconds
        };
        webhooks.SetAction((result, cancellation) => WebhookBodyAttack.RunAsync(
            result.GetValue(executable)!, TimeSpan.FromSeconds(result.GetValue(seconds)), Console.Out, cancellation));

        return new Command("abuse", "Attacks on a running server: its memory, its threads, and how long others wait")
        {
            readers,
            activity,
            webhooks
        };
    }
}
