namespace RepoPulse.Configuration.Schema;

internal static class WebhooksSchema
{
    public static readonly ScalarSetting<string?> Secret = new("Webhooks:Secret", ValueFormats.Text("any text"))
    {
        Default = null,
        IsSecret = true,
        Description = "What GitHub signs webhooks with; it switches on `POST /webhooks/github` in `run` (at `Api:Urls`) and `collect` (at `Collector:Urls`).",
    };

    public static IReadOnlyList<Setting> All { get; } = [Secret];
}
