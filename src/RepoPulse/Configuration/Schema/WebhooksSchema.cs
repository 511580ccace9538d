namespace RepoPulse.Configuration.Schema;

internal static class WebhooksSchema
{
    public static readonly ScalarSetting<string?> Secret = new("Webhooks:Secret", ValueFormats.Text("any text"))
    {
        Default = null,
        IsSecret = true,
        IsSupported = false,
        Description = "What GitHub signs webhooks with; it switches on `POST /webhooks/github`.",
    };

    public static IReadOnlyList<Setting> All { get; } = [Secret];
}
