using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace RepoPulse.UnitTests.GitHub.Recordings;

/// <summary>A request that was made of GitHub, and its response.</summary>
/// <param name="Path">With the query.</param>
/// <param name="Reason">The status in words.</param>
/// <param name="Headers">As recorded, in their order and case.</param>
/// <param name="Body">As recorded: without the coding that it was sent in.</param>
internal sealed record RecordedExchange(
    string Path, int Status, string Reason, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>Whether it is a page of some feed.</summary>
    public bool IsFeed => Status == 200 && Path.Split('?')[0] is var path
        && (path.EndsWith("events", StringComparison.Ordinal) || path.Contains("events/", StringComparison.Ordinal));

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>
    /// The response as it went over the wire: the headers as they are, the body in the coding and the chunks that they name.
    /// </summary>
    public byte[] ToBytes()
    {
        var body = Header("Content-Encoding") == "gzip" ? Gzip(Body) : Body;
        var isChunked = Header("Transfer-Encoding") == "chunked";
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} {Reason}\r\n");
        foreach (var (name, value) in Headers)
        {
            // The length counted what was recorded of the body, which is not always all of it.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (!isChunked && Status != 304)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. isChunked ? Chunks(body) : body];
    }

    private static byte[] Gzip(byte[] body)
    {
        using var coded = new MemoryStream();
        using (var gzip = new GZipStream(coded, CompressionLevel.Fastest))
            gzip.Write(body);
        return coded.ToArray();
    }

    private static byte[] Chunks(byte[] body)
    {
        using var chunks = new MemoryStream();
        foreach (var chunk in body.Chunk(1_400))
        {
            chunks.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{chunk.Length:x}\r\n")));
            chunks.Write(chunk);
            chunks.Write("\r\n"u8);
        }

        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }
}
