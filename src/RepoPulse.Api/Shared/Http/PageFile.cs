using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api;

/// <summary>A file of the page, compressed when it was built.</summary>
/// <param name="forms">In the order of preference, the file as it is last.</param>
/// <param name="immutable">Whether its name contains a hash of its content, so that it never changes under it.</param>
internal sealed class PageFile(string mediaType, bool immutable, IReadOnlyList<Encoded> forms)
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Revalidated = "no-cache";

    public string MediaType => mediaType;

    /// <summary>The form that the client takes, by what it says of each (RFC 9110, 12.5.3).</summary>
    public Encoded For(IHeaderDictionary headers)
    {
        if (!ContentCodings.TryRead(headers, out var accepted))
            return forms[^1];
        return forms.FirstOrDefault(form => form.Encoding is null || ContentCodings.Takes(accepted, form.Encoding)) ?? forms[^1];
    }

    public string Caching => immutable ? Immutable : Revalidated;
}

/// <summary>A file's bytes as they go out, under a tag that is theirs alone.</summary>
/// <param name="Encoding">The content coding; null for the file as it is.</param>
internal sealed record Encoded(string? Encoding, ReadOnlyMemory<byte> Content, string EntityTag);
