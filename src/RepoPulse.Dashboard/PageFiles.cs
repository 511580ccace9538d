using RepoPulse.Api;

namespace RepoPulse.Dashboard;

/// <summary>The page as it was built into this assembly. Read once, when it is first asked for.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "page/";
    private const string Hashed = "assets/";

    private static readonly (string Suffix, string Encoding)[] Encodings = [(".br", "br"), (".gz", "gzip")];

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Lazy<Dictionary<string, PageFile>> _files = new(Read);

    /// <summary>Whether the page was built into this assembly: a build without Node leaves it out.</summary>
    public static bool AreEmbedded { get; } = typeof(PageFiles).Assembly.GetManifestResourceInfo(Prefix + "index.html") is not null;

    /// <summary>By the path under the server's root.</summary>
    public IReadOnlyDictionary<string, PageFile> All => _files.Value;

    private static Dictionary<string, PageFile> Read()
    {
        var names = typeof(PageFiles).Assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        return names.Where(name => MediaTypes.ContainsKey(Path.GetExtension(name))).ToDictionary(
            name => name[Prefix.Length..],
            name => new PageFile(
                MediaTypes[Path.GetExtension(name)], name.StartsWith(Prefix + Hashed, StringComparison.Ordinal), [.. Forms(names, name)]),
            StringComparer.Ordinal);
    }

    private static IEnumerable<Encoded> Forms(HashSet<string> names, string name)
    {
        foreach (var (suffix, encoding) in Encodings)
            if (names.Contains(name + suffix))
                yield return Load(name + suffix, encoding);
        yield return Load(name, null);
    }

    private static Encoded Load(string name, string? encoding)
    {
        using var resource = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return new Encoded(encoding, content, EntityTags.Of(content));
    }
}
