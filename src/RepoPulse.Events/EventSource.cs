namespace RepoPulse.Events;

/// <summary>The way by which an event reached the log. The numbers are stored: they never change.</summary>
public enum EventSource
{
    Poll = 1,
    Webhook = 2,
    Import = 3,
}
