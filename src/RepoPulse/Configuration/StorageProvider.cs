namespace RepoPulse.Configuration;

internal enum StorageProvider
{
    Sqlite,
    Postgres,
}
