namespace RepoPulse.Api.Badges;

/// <summary>Which figure of a series a badge shows.</summary>
internal enum BadgeMetric
{
    MeanInterval,
    Median,
    Events,
    LastEvent,
}
