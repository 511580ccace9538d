namespace RepoPulse.GitHub.Requests;

/// <summary>An answer and its place among all requests and answers of the process.</summary>
internal readonly record struct AnswerEntry(RawAnswer Answer, long SentAt, long ReceivedAt);
