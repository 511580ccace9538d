using System.Runtime.Versioning;
using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Sqlite;

/// <summary>Every error names the file and what to do, and once its cause is gone the same append works.</summary>
public sealed class SqliteFaultTests : SqliteTest
{
    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x.db;Colour=blue")]
    [InlineData("Data Source=x.db;Mode=Upside")]
    public async Task A_connection_string_that_names_no_file_is_an_error_that_does_not_show_it(string connectionString)
    {
        var fault = await FaultAsync(async () => await OpenDatabaseAsync(Open(connectionString)));
        Assert.False(fault.IsTransient);
        Assert.Contains("Storage:ConnectionString", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"'{connectionString}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        await OpenDatabaseAsync(Store);
        await Store.DisposeAsync();
        using (var connection = Connect())
            Execute(connection, "PRAGMA user_version = 4711");

        var fault = await FaultAsync(async () => await OpenDatabaseAsync(Open()));
        Assert.False(fault.IsTransient);
        Assert.Contains(Storage.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("newer version", fault.Message, StringComparison.Ordinal);
        Assert.Contains("4711", fault.Message, StringComparison.Ordinal);
        using (var connection = Connect())
            Assert.Equal(4711, Execute(connection, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        using (var connection = Connect())
            Execute(connection, "CREATE TABLE theirs (x)");
        var fault = await FaultAsync(async () => await OpenDatabaseAsync(Store));
        Assert.Contains("another program", fault.Message, StringComparison.Ordinal);
        using (var connection = Connect())
            Assert.Equal(1, Execute(connection, "SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_named_and_may_be_made_later()
    {
        var folder = Path.Combine(Storage.Folder, "later");
        var store = Open($"Data Source={Path.Combine(folder, "events.db")}");
        var fault = await FaultAsync(() => store.AppendAsync(Sample.Event(1)));
        Assert.Contains(folder, fault.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", fault.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(folder);
        Assert.Equal(new AppendResult(1, 0), await store.AppendAsync(Sample.Event(1)));
    }

    [Fact]
    public async Task A_folder_in_the_files_place_is_named()
    {
        var fault = await FaultAsync(async () => await OpenDatabaseAsync(Open($"Data Source={Storage.Folder}")));
        Assert.Contains("It is a folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_opened_for_reading_only_says_so()
    {
        await OpenDatabaseAsync(Store);
        var fault = await FaultAsync(() => Open($"{Storage.ConnectionString};Mode=ReadOnly").AppendAsync(Sample.Event(1)));
        Assert.False(fault.IsTransient);
        Assert.Contains(Storage.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_without_the_right_to_write_takes_the_append_once_it_is_given()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user may write every file.");
        await Store.AppendAsync(Sample.Event(1));
        await Store.DisposeAsync();
        File.SetUnixFileMode(Storage.Path, UnixFileMode.UserRead);
        File.SetUnixFileMode(Storage.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var store = Open();
        try
        {
            await FaultAsync(() => store.AppendAsync(Sample.Event(2)));
        }
        finally
        {
            File.SetUnixFileMode(Storage.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(Storage.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal(new AppendResult(1, 0), await store.AppendAsync(Sample.Event(2)));
    }

    [Fact]
    public async Task A_full_disk_loses_nothing()
    {
        await Store.AppendAsync(Sample.Events(1, 10));
        var pages = await Database(Store).WriteAsync(session => session.Scalar("PRAGMA page_count"), Cancellation);
        await Database(Store).WriteAsync(
            session =>
            {
                session.Scalar($"PRAGMA max_page_count = {pages + 5}");
                return true;
            },
            Cancellation);
        var random = new Random(1);
        var batch = Enumerable.Range(11, 100).Select(id =>
        {
            var noise = new byte[5_000];
            random.NextBytes(noise);
            return Sample.Event(id, json: noise);
        }).ToArray();

        var fault = await FaultAsync(() => Store.AppendAsync(batch));
        Assert.True(fault.IsTransient);
        Assert.Contains(Storage.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("full", fault.Message, StringComparison.Ordinal);
        Assert.Equal(10, (await Store.FollowAsync(LogPosition.Start)).Events.Count);

        // The limit was the connection's, and went with it.
        Assert.Equal(new AppendResult(100, 0), await Store.AppendAsync(batch));
        Assert.Equal(110, (await Store.FollowAsync(LogPosition.Start)).Events.Count);
    }

    [Fact]
    public async Task A_lock_that_another_holds_too_long_is_a_transient_fault()
    {
        await OpenDatabaseAsync(Store);
        var store = Open(busyTimeout: TimeSpan.FromMilliseconds(1));
        await store.AppendAsync(Sample.Event(1));
        using (var other = Connect())
        {
            Execute(other, "BEGIN IMMEDIATE");
            var fault = await FaultAsync(() => store.AppendAsync(Sample.Event(2)));
            Assert.True(fault.IsTransient);
            Assert.Contains(Storage.Path, fault.Message, StringComparison.Ordinal);
            Assert.Contains("locked", fault.Message, StringComparison.Ordinal);
            Assert.Equal([1], (await store.FollowAsync(LogPosition.Start)).Events.Ids());
            Execute(other, "ROLLBACK");
        }

        Assert.Equal(new AppendResult(1, 0), await store.AppendAsync(Sample.Event(2)));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_to_be_none()
    {
        await File.WriteAllTextAsync(Storage.Path, new string('x', 8192), Cancellation);
        var fault = await FaultAsync(async () => await OpenDatabaseAsync(Store));
        Assert.False(fault.IsTransient);
        Assert.Contains(Storage.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("damaged", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_pages_are_a_fault_and_not_fewer_events()
    {
        await Store.AppendAsync(Sample.Events(1, 2_000));
        await Store.DisposeAsync();
        using (var file = File.OpenWrite(Storage.Path))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        var store = Open();
        var fault = await FaultAsync(() => store.ReadSinceAsync(DateTimeOffset.MinValue));
        Assert.False(fault.IsTransient);
        Assert.Contains("damaged", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_payload_is_a_fault_and_not_another_payload()
    {
        await Store.AppendAsync(Sample.Events(1, 3, repositories: 1));
        using (var connection = Connect())
            Execute(connection, "UPDATE payload SET json = zeroblob(20) WHERE seq = 2");
        var fault = await FaultAsync(() => Store.ReadHistoryAsync(Sample.Query()));
        Assert.Contains(Storage.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("damaged", fault.Message, StringComparison.Ordinal);
    }
}
