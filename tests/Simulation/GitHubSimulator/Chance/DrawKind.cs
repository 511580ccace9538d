namespace GitHubSimulator.Chance;

/// <summary>What is drawn: each kind has draws of its own, so that switching one on changes no other.</summary>
internal enum DrawKind
{
    Request = 1,
    Latency,
    Staleness,
    Redirect,
    Omission,
    BrokenRow,
    Maintenance,
    Vanishing,
    Privacy,
    Reader,
    Load,
    Spending,
    Renaming,
    Loss,
    Rotation,
    Activity,
    Burst,
    BusiestHour,
    Rate,
    Delivery,
    Payload,
    Token,
}
