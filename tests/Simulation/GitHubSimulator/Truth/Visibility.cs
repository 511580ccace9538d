using GitHubSimulator.World;

namespace GitHubSimulator.Truth;

/// <summary>
/// An interval for which an event stood in its repository's feed: from when it was first shown, or shown again, until it was pushed out by
/// newer ones, aged out, was omitted or hidden with its repository. An event may have several.
/// </summary>
/// <param name="Until">From then on it was not to be seen.</param>
public readonly record struct Visibility(ShownEvent Event, DateTimeOffset From, DateTimeOffset Until)
{
    public bool Contains(DateTimeOffset time) => time >= From && time < Until;
}
