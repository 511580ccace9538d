using RepoPulse.Collector.Webhooks;

namespace RepoPulse.Configuration;

internal static class WebhooksSchema
{
    public static readonly ScalarSetting<string?> Secret = new("Webhooks:Secret", ValueFormats.Text("any text"))
    {
        Place = Sections.Webhooks.Of(
            options => options.Secret is { Length: > 0 } secret ? secret : null, (options, value) => options with { Secret = value ?? "" }),
        IsSecret = true,
        Description = "What GitHub signs webhooks with; it switches on `POST /webhooks/github` in `run` (at `Api:Urls`) and `collect` " +
            "(at `Collector:Urls`).",
    };

    public static readonly ScalarSetting<int> MaxBytesInFlight = new(
        "Webhooks:MaxBytesInFlight", ValueFormats.Integer(WebhookOptions.LeastMaxBytesInFlight, WebhookOptions.GreatestMaxBytesInFlight))
    {
        Place = Sections.Webhooks.Of(options => options.MaxBytesInFlight, (options, value) => options with { MaxBytesInFlight = value }),
        Description = "The most memory, in bytes, that all bodies under way hold together, an eighth of it kept for bodies of up to 1 " +
            "MiB; above it the answer is 503.",
    };

    public static readonly ScalarSetting<TimeSpan> BodyTimeout = new(
        "Webhooks:BodyTimeout", Duration.Between(WebhookOptions.LeastBodyTimeout, WebhookOptions.GreatestBodyTimeout))
    {
        Place = Sections.Webhooks.Of(options => options.BodyTimeout, (options, value) => options with { BodyTimeout = value }),
        Description = "How long a whole body may take to arrive, after which the answer is 408; GitHub gives up after 10 s.",
    };

    public static IReadOnlyList<Setting> All { get; } = [Secret, MaxBytesInFlight, BodyTimeout];
}
