using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RepoPulse.Sql.Sqlite;

/// <summary>Says what an error of SQLite means to the operator: which file, and what to do.</summary>
internal static class SqliteErrors
{
    public static bool IsStorageError(Exception e) => e is SqliteException or InvalidDataException or JsonException;

    public static StorageException Describe(Exception fault, string path)
    {
        if (fault is not SqliteException e)
            return new StorageException(Damaged(path, fault.Message), isTransient: false, fault);
        var (what, isTransient) = e.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                ($"'{path}' is locked by another process or a running backup. It is tried again; if it stays so, find who holds it open", true),
            raw.SQLITE_FULL =>
                ($"'{path}' cannot grow: the disk is full. Free some space, or shorten Collector:RetentionPeriod", true),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                ($"'{path}' cannot be written. Give this user the right to write the file and its folder, and leave Mode=ReadOnly out " +
                    "of Storage:ConnectionString", false),
            raw.SQLITE_CANTOPEN =>
                ($"'{path}' cannot be opened. {WhyNotOpened(path)}", true),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => (Damaged(path, null), false),
            raw.SQLITE_IOERR =>
                ($"'{path}' could not be read or written: the disk or the file system failed. See the system's log", true),
            raw.SQLITE_NOMEM => ($"'{path}': out of memory", true),
            _ => ($"'{path}': SQLite failed", false),
        };
        return new StorageException($"{what} ({e.Message.TrimEnd('.')}).", isTransient, e);
    }

    private static string WhyNotOpened(string path)
    {
        if (Directory.Exists(path))
            return "It is a folder: name a file in Storage:ConnectionString";
        return Directory.Exists(Path.GetDirectoryName(path))
            ? "Give this user the right to read and write the file and its folder"
            : "Its folder does not exist: create it, or name another file in Storage:ConnectionString";
    }

    private static string Damaged(string path, string? message) =>
        $"'{path}' is damaged or no SQLite database. Restore it from a backup, or move it away and start with a new " +
        $"one{(message is null ? "" : $": {message}")}";
}
