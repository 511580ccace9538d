using System.Collections.Immutable;

namespace RepoPulse.GitHub.Recognition;

/// <summary>What was known when a request was sent: only what was known then came before its answer for certain.</summary>
/// <param name="SentAt">Its place among all requests and answers of the process.</param>
/// <param name="All">Requests of every token until then.</param>
/// <param name="Own">Requests of its own token until then.</param>
/// <param name="Known">The last reading of every token until then; empty where nothing is left to find out.</param>
internal readonly record struct RequestMark(long SentAt, RequestCount All, RequestCount Own, ImmutableArray<UsageReading?> Known);
