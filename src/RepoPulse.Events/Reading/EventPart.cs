namespace RepoPulse.Events.Reading;

/// <summary>The properties of an event that the reader looks at; every other is passed over.</summary>
internal enum EventPart
{
    Other,
    Id,
    Type,
    CreatedAt,
    Repo,
    Repository,
    Actor,
    ActorAttributes,
    Payload,
}
