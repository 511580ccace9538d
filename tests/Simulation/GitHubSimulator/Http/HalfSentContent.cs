using System.Net;

namespace GitHubSimulator.Http;

/// <summary>A body that announces its whole length, and fails after half of it as a cut connection does.</summary>
internal sealed class HalfSentContent(ReadOnlyMemory<byte> body) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body[..(body.Length / 2)]);
        throw new HttpIOException(HttpRequestError.ResponseEnded, "The connection was cut in the middle of the answer.");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
