using System.IO.Pipelines;

namespace RepoPulse.UnitTests.Collector.Webhooks.Receiving;

/// <summary>A body that arrives as far as the test says.</summary>
internal sealed class StalledBody
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));

    /// <param name="declaredLength">Null for a body in chunks.</param>
    public StalledBody(long? declaredLength)
    {
        Content = new StreamContent(_pipe.Reader.AsStream());
        Content.Headers.ContentLength = declaredLength;
    }

    public HttpContent Content { get; }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _pipe.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);

    public ValueTask EndAsync() => _pipe.Writer.CompleteAsync();
}
