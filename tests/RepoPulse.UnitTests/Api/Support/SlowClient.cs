using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RepoPulse.Api;

namespace RepoPulse.UnitTests.Api.Support;

/// <summary>A connection that takes 64 KiB by itself, as Kestrel's do, and more when the test reads from it.</summary>
internal sealed class SlowClient : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: ResponseWriter.PieceBytes,
        resumeWriterThreshold: ResponseWriter.PieceBytes / 2,
        useSynchronizationContext: false));
    private readonly CancellationTokenSource _aborted = new();

    public SlowClient(ResponseMemory memory)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(this);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_pipe.Writer.AsStream()));
        Response = memory.Open(context);
    }

    public ResponseWriter Response { get; }

    public bool IsAborted => _aborted.IsCancellationRequested;

    public CancellationToken RequestAborted
    {
        get => _aborted.Token;
        set => throw new NotSupportedException();
    }

    public void Abort() => _aborted.Cancel();

    /// <summary>Sends so many bytes, as an endpoint would.</summary>
    public Task SendAsync(int bytes) => Response.WriteAsync(new byte[bytes], Response.Gone).AsTask();

    /// <summary>Takes so many bytes.</summary>
    public async Task TakeAsync(int bytes)
    {
        var read = await _pipe.Reader.ReadAtLeastAsync(bytes, TestContext.Current.CancellationToken);
        _pipe.Reader.AdvanceTo(read.Buffer.GetPosition(bytes));
    }

    /// <summary>Returns once a piece waits for the client.</summary>
    public async Task IsWaitingAsync(Microsoft.Extensions.Time.Testing.FakeTimeProvider time)
    {
        // Of the clock's smallest step, since it shows nothing while no time passes.
        while (Response.Waited == TimeSpan.Zero)
        {
            time.Advance(TimeSpan.FromTicks(1));
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        Response.Dispose();
        _aborted.Dispose();
    }
}
