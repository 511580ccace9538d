namespace RepoPulse.Api.Badges;

/// <summary>What a badge says: on the left what it is about, on the right how that stands.</summary>
/// <param name="Message">Null where the figure is not known.</param>
internal sealed record Badge(string Label, string? Message)
{
    public const string Unknown = "unknown";

    public bool IsKnown => Message is not null;

    public string Text => Message ?? Unknown;
}
