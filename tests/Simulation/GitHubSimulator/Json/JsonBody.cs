using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GitHubSimulator.Json;

/// <summary>Writes JSON as GitHub does: compact, UTF-8 unescaped.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> to) => new(to, Options);

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = CreateWriter(buffer))
            write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
