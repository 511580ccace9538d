namespace RepoPulse.Configuration;

/// <summary>Every key there is. The reference in <c>docs/configuration.md</c> is made from it.</summary>
internal static class SettingsSchema
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. GitHubSchema.All,
        .. CollectorSchema.All,
        .. StatisticsSchema.All,
        .. ApiSchema.All,
        .. ServerSchema.All,
        .. StorageSchema.All,
        .. KafkaSchema.All,
        .. KafkaSecuritySchema.All,
        .. WebhooksSchema.All,
        .. LoggingSchema.All,
    ];

    /// <summary>Every key and every key of a secret's file: what an unknown one is compared with.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [.. All.SelectMany<Setting, string>(setting => setting.FileTwin is { } twin ? [setting.Key, twin] : [setting.Key])];
}
