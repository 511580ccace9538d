using Microsoft.AspNetCore.Http;

namespace RepoPulse.Collector.Webhooks;

/// <summary>What became of a delivery, and where it was not taken, why: for the one who set the hook up, who reads it at GitHub.</summary>
internal readonly record struct WebhookAnswer(WebhookOutcome Outcome, string? Detail = null)
{
    public int Status => Outcome switch
    {
        WebhookOutcome.WrongSignature => StatusCodes.Status401Unauthorized,
        WebhookOutcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
        WebhookOutcome.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        WebhookOutcome.Malformed => StatusCodes.Status400BadRequest,
        WebhookOutcome.StoreFailed => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status202Accepted,
    };

    public static WebhookAnswer Malformed(string detail) => new(WebhookOutcome.Malformed, detail);
}
