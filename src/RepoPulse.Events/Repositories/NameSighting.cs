namespace RepoPulse.Events;

/// <summary>A name that a repository bore, and when it was last seen bearing it (by the events' <c>created_at</c>, not by their arrival).</summary>
public readonly record struct NameSighting(RepositoryName Name, DateTimeOffset LastSeenAt);
