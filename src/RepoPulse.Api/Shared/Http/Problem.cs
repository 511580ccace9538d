using System.Text.Json.Serialization;

namespace RepoPulse.Api;

/// <summary>An error, as RFC 9457 has it.</summary>
internal sealed record Problem
{
    /// <summary>Always about:blank: the status says what kind of error it is.</summary>
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What was wrong, and what is allowed.</summary>
    public required string Detail { get; init; }

    /// <summary>Where parameters were wrong: for each of them, what was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }
}
