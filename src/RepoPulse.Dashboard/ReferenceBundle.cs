using System.IO.Compression;
using RepoPulse.Api;
using Scalar.AspNetCore;

namespace RepoPulse.Dashboard;

/// <summary>
/// Scalar's program, out of its own package, which carries it compressed. Its endpoint is not used: the page that it writes starts the
/// program by a script within, which our content security policy forbids.
/// </summary>
internal sealed class ReferenceBundle
{
    private const string Resource = "ScalarStaticAssets.scalar.js";

    private readonly Lazy<PageFile> _file = new(Read);

    public PageFile File => _file.Value;

    private static PageFile Read()
    {
        using var resource = typeof(ScalarOptions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Scalar.AspNetCore has no resource '{Resource}' any more.");
        var compressed = new byte[resource.Length];
        resource.ReadExactly(compressed);
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        var content = plain.ToArray();
        return new PageFile("text/javascript; charset=utf-8", immutable: false, [new("gzip", compressed, EntityTags.Of(compressed)), new(
            null, content, EntityTags.Of(content))]);
    }
}
