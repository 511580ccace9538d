namespace RepoPulse.Configuration;

internal static class StorageSchema
{
    public static readonly ScalarSetting<StorageProvider> Provider =
        new("Storage:Provider", ValueFormats.Choice([("Sqlite", StorageProvider.Sqlite), ("Postgres", StorageProvider.Postgres)]))
        {
            Place = Sections.Storage.Of(options => options.Provider, (options, value) => options with { Provider = value }),
            Description = "The database to keep events in: a file of this machine, or a server that several collectors and APIs share.",
        };

    public static readonly ScalarSetting<string> ConnectionString = new("Storage:ConnectionString", ValueFormats.ConnectionString)
    {
        Place = Sections.Storage.Of(
            options => options.ConnectionString, (options, value) => options with { ConnectionString = value, IsSet = true }),
        DefaultInWords = "`Data Source=repopulse.db` for SQLite",
        IsSecret = true,
        Description = "How to reach the database: for SQLite `Data Source=FILE`, where a relative path begins at the working folder; " +
            "for PostgreSQL `Host=...;Database=...;Username=...;Password=...`, in Npgsql's form.",
    };

    public static readonly ScalarSetting<EventLogProvider> EventLog =
        new("EventLog:Provider", ValueFormats.Choice([("Sql", EventLogProvider.Sql), ("Kafka", EventLogProvider.Kafka)]))
        {
            Place = new(settings => settings.EventLog, (settings, value) => settings with { EventLog = value }),
            Description = "What the event log is kept in: the database, or Kafka for services that run apart. With `Kafka`, `collect` " +
                "and `aggregate` open no database, `archive` needs one, `serve` answers history from one where " +
                "`Storage:ConnectionString` is set, and `run` is a fault.",
        };

    public static IReadOnlyList<Setting> All { get; } = [Provider, ConnectionString, EventLog];
}
