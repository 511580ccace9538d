using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace RepoPulse.UnitTests.Architecture;

/// <summary>
/// The compiler for native executables warns of a dependency that reflects over what it may leave out, and those warnings are switched off
/// (docs/decisions/0014-native-executable.md). So a dependency without annotations needs a look, and a test of it on the native executable.
/// </summary>
public sealed class UnannotatedAssembliesTests
{
    /// <summary>Each was looked at: the first three have warnings, which the record answers, the others have none.</summary>
    private static readonly string[] Known =
    [
        "Confluent.Kafka", "Microsoft.IO.RecyclableMemoryStream", "Parquet",
        "K4os.Compression.LZ4", "Microsoft.Data.Sqlite", "SQLitePCLRaw.batteries_v2", "SQLitePCLRaw.core",
        "SQLitePCLRaw.provider.e_sqlite3", "ZstdSharp",
    ];

    [Fact]
    public void A_dependency_without_annotations_for_trimming_is_one_that_was_looked_at()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "repopulse.deps.json")));
        var assemblies = document.RootElement.GetProperty("targets").EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.TryGetProperty("runtime", out _))
            .SelectMany(library => library.Value.GetProperty("runtime").EnumerateObject())
            .Select(file => Path.GetFileNameWithoutExtension(file.Name))
            .Distinct();

        Assert.Equal(Known.Order(StringComparer.Ordinal), assemblies.Where(name => !IsTrimmable(name)).Order(StringComparer.Ordinal));
    }

    private static bool IsTrimmable(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        var metadata = file.GetMetadataReader();
        return metadata.GetAssemblyDefinition().GetCustomAttributes().Any(
            handle => metadata.GetBlobBytes(metadata.GetCustomAttribute(handle).Value).AsSpan().IndexOf("IsTrimmable"u8) >= 0);
    }
}
