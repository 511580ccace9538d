namespace GitHubSimulator.Http;

/// <summary>A request as far as GitHub looks at it, by whatever transport it came.</summary>
internal sealed record ApiRequest
{
    /// <summary>Where GitHub Enterprise Server has its API; it is there as well as at the root.</summary>
    private const string EnterprisePath = "/api/v3";

    public required string Method { get; init; }

    /// <summary>Below <see cref="BaseUrl"/>, without the query.</summary>
    public required string Path { get; init; }

    public string[] Segments => Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An app shows who it is with a signature of its own, where all else takes a token.</summary>
    public bool IsByApp => Path.StartsWith("/app/", StringComparison.Ordinal);

    public bool AsksForLimits => Path.Equals("/rate_limit", StringComparison.OrdinalIgnoreCase);

    /// <summary>With the question mark, or empty.</summary>
    public required string Query { get; init; }

    /// <summary>The API's address as the client wrote it, without a slash at the end.</summary>
    public required string BaseUrl { get; init; }

    public string Address { get; init; } = "127.0.0.1";

    public string? Authorization { get; init; }

    public string? UserAgent { get; init; }

    public string? Accept { get; init; }

    public string? ApiVersion { get; init; }

    public string? IfNoneMatch { get; init; }

    /// <param name="root">Scheme, host and port.</param>
    /// <param name="path">Decoded.</param>
    public static ApiRequest Create(string method, string root, string path, string query)
    {
        var isEnterprise = path.StartsWith(EnterprisePath, StringComparison.OrdinalIgnoreCase)
            && (path.Length == EnterprisePath.Length || path[EnterprisePath.Length] == '/');
        return new ApiRequest
        {
            Method = method,
            Path = isEnterprise ? path[EnterprisePath.Length..] : path,
            Query = query,
            BaseUrl = isEnterprise ? root + EnterprisePath : root,
        };
    }
}
