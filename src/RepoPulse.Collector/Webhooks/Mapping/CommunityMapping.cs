namespace RepoPulse.Collector.Webhooks;

/// <summary>Stars, forks, releases, wiki pages, members, and a repository that becomes public.</summary>
internal static class CommunityMapping
{
    /// <summary>
    /// The Events API knows stars by the name that watching had before there were stars, and reports none that is taken back.
    /// </summary>
    public static Occurrence? Star(WebhookPayload payload) => payload.Action != "created" ? null : new("WatchEvent", json =>
        json.WriteString("action", "started"))
    {
        At = payload.Time("starred_at"),
    };

    public static Occurrence Fork(WebhookPayload payload) => new("ForkEvent", json =>
    {
        json.WriteString("action", "forked");
        payload.Copy(json, "forkee");
    })
    {
        At = payload.Time("forkee", "created_at"),
    };

    public static Occurrence? Release(WebhookPayload payload) => payload.Action != "published" ? null : new("ReleaseEvent", json =>
        payload.Copy(json, "action", "release"))
    {
        At = payload.Time("release", "published_at"),
    };

    public static Occurrence Wiki(WebhookPayload payload) => new("GollumEvent", json => payload.Copy(json, "pages"));

    public static Occurrence? Member(WebhookPayload payload) => payload.Action != "added" ? null : new("MemberEvent", json =>
        payload.Copy(json, "member", "action"));

    public static Occurrence Public(WebhookPayload payload) => new("PublicEvent", _ => { })
    {
        At = payload.RecentTime("repository", "updated_at"),
    };
}
