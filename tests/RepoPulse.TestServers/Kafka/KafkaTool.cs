using System.Diagnostics;

namespace RepoPulse.TestServers.Kafka;

/// <summary>Kafka's own programs, such as those that measure a producer and a consumer.</summary>
public static class KafkaTool
{
    /// <param name="program">The class, such as <c>org.apache.kafka.tools.ProducerPerformance</c>.</param>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">There is no Kafka, or the program failed; the message says what it wrote.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default)
    {
        var installation = KafkaInstallation.Find() ?? throw new InvalidOperationException(KafkaServer.HowToGetOne);
        var start = new ProcessStartInfo(
            installation.Java, ["-Xmx512m", "-Dlog4j2.level=ERROR", "-cp", $"{installation.Libraries}/*", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var tool = Process.Start(start)!;
        try
        {
            var errors = tool.StandardError.ReadToEndAsync(cancellationToken);
            var output = await tool.StandardOutput.ReadToEndAsync(cancellationToken);
            await tool.WaitForExitAsync(cancellationToken);
            return tool.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {await errors}{output}");
        }
        catch (OperationCanceledException)
        {
            tool.Kill();
            throw;
        }
    }
}
