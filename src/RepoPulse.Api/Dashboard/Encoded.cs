namespace RepoPulse.Api.Dashboard;

/// <summary>A file's bytes as they go out, under a tag that is theirs alone.</summary>
/// <param name="Encoding">The content coding; null for the file as it is.</param>
internal sealed record Encoded(string? Encoding, ReadOnlyMemory<byte> Content, string EntityTag);
