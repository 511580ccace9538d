using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Kafka;

/// <summary>The wait of a thread that belongs to a consumer of librdkafka, which itself knows real time alone.</summary>
internal static class ConsumerPause
{
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(1);

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The thread does nothing else, and its consumer waits in real time too.")]
    public static void Wait(CancellationToken stopping) => stopping.WaitHandle.WaitOne(AfterError);
}
