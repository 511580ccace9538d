using Microsoft.Extensions.Time.Testing;
using RepoPulse.Api;
using RepoPulse.Api.Metrics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Shared.Http;

public sealed class ResponseWriterTests : IDisposable
{
    private const int Piece = ResponseWriter.PieceBytes;

    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly MeasuringMeterFactory _meters = new();
    private readonly ResponseMemory _memory;

    public ResponseWriterTests() => _memory = new ResponseMemory(_time, new ApiMetrics(_meters));

    [Fact]
    public async Task A_client_that_takes_nothing_for_30_seconds_is_cut_off()
    {
        using var client = new SlowClient(_memory);
        var sending = client.SendAsync(10 * Piece);
        await client.IsWaitingAsync(_time);
        _time.Advance(ResponseWriter.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(client.IsAborted);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(client.IsAborted);
        Assert.True(client.Response.IsCut);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(1, _meters.Measured["repopulse.api.responses.cut{reason=stalled}"]);
    }

    [Fact]
    public async Task A_client_that_takes_a_piece_now_and_then_is_not()
    {
        using var client = new SlowClient(_memory);
        for (var taken = 0; taken < 3; taken++)
        {
            var sending = client.SendAsync(Piece);
            await client.IsWaitingAsync(_time);
            _time.Advance(ResponseWriter.Patience - TimeSpan.FromSeconds(1));
            await client.TakeAsync(Piece);
            await sending;
        }

        _time.Advance(2 * ResponseWriter.Patience);
        Assert.False(client.IsAborted);
    }

    [Fact]
    public async Task A_response_that_has_ended_cuts_off_nobody()
    {
        using var client = new SlowClient(_memory);
        await client.SendAsync(1);
        client.Response.Dispose();

        // By then the connection is used for the next request.
        client.Response.Cut("memory");

        Assert.False(client.IsAborted);
        Assert.False(client.Response.IsCut);
    }

    public void Dispose() => _meters.Dispose();
}
