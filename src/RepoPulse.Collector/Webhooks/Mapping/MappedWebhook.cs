using RepoPulse.Events;

namespace RepoPulse.Collector.Webhooks.Mapping;

/// <summary>What a delivery tells of: an event, nothing that is one, or not enough to know.</summary>
/// <param name="Fault">What the payload lacks, for people.</param>
internal readonly record struct MappedWebhook(GitHubEvent? Event, string? Fault);
