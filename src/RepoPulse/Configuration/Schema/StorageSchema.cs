namespace RepoPulse.Configuration.Schema;

internal static class StorageSchema
{
    public static readonly ScalarSetting<StorageProvider> Provider =
        new("Storage:Provider", ValueFormats.Choice([("Sqlite", StorageProvider.Sqlite)], planned: "Postgres"))
        {
            Default = StorageProvider.Sqlite,
            Description = "The database to keep events in. `Postgres` is not supported in this version yet.",
        };

    public static readonly ScalarSetting<string> ConnectionString = new("Storage:ConnectionString", ValueFormats.ConnectionString)
    {
        Default = "Data Source=repopulse.db",
        IsSecret = true,
        Description = "How to reach the database; a relative path begins at the working folder.",
    };

    public static readonly ScalarSetting<EventLogProvider> EventLog =
        new("EventLog:Provider", ValueFormats.Choice([("Sql", EventLogProvider.Sql)], planned: "Kafka"))
        {
            Default = EventLogProvider.Sql,
            Description = "What the event log is kept in. `Kafka` is not supported in this version yet.",
        };

    public static IReadOnlyList<Setting> All { get; } = [Provider, ConnectionString, EventLog];
}
