using System.Globalization;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql.Postgres;

namespace RepoPulse.ContractTests.Postgres;

public sealed class PostgresPartsTests : PostgresTest
{
    [Fact]
    public async Task A_week_is_kept_by_the_day()
    {
        await Store.AppendAsync(Sample.Event(1, Sample.Noon.AddDays(-3)));
        Assert.Equal(["event_2026_11_20", "event_2026_11_23", "event_2026_11_24", "event_2026_11_25"], await PartsAsync());
    }

    [Fact]
    public async Task What_is_old_already_is_kept_by_the_month()
    {
        await Store.AppendAsync(
            Sample.Event(1, Sample.Noon), Sample.Event(2, Sample.Noon.AddYears(-5)), Sample.Event(3, Sample.Noon.AddYears(-5).AddDays(7)));
        Assert.Equal(["event_2021_11", "event_2026_11_23", "event_2026_11_24", "event_2026_11_25"], await PartsAsync());
    }

    [Fact]
    public async Task An_archive_is_kept_by_the_month()
    {
        var archive = Open(Options(null));
        await archive.AppendAsync(Sample.Event(1));
        Assert.Equal(["event_2026_11"], await PartsAsync());

        // A collector that keeps a week only finds the month's part there.
        await Store.AppendAsync(Sample.Event(2, Sample.Noon.AddDays(1)), Sample.Event(3, Sample.Noon.AddDays(9)));
        Assert.Equal(["event_2026_11", "event_2026_12_02"], await PartsAsync());
        await archive.AppendAsync(Sample.Event(4, Sample.Noon.AddDays(12)));
        Assert.Equal(["event_2026_11", "event_2026_12_02", "event_2026_12_05"], await PartsAsync());
    }

    [Fact]
    public async Task Times_that_can_only_be_mistaken_get_no_part()
    {
        await Store.AppendAsync(Sample.Event(1, Sample.Noon.AddYears(-40)), Sample.Event(2, Sample.Noon.AddYears(500)));
        Assert.Empty(await PartsAsync());
        Assert.Equal([1, 2], (await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events.Ids());
    }

    [Fact]
    public async Task Retention_hides_at_once_and_drops_what_is_past()
    {
        for (var day = 0; day < 3; day++)
            await Store.AppendAsync(Sample.Event(1 + day, Sample.Noon.AddDays(day)));
        Assert.Equal(2, await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(1.1), Cancellation));

        // The first day is gone, the second is there and seen by nobody.
        Assert.Equal(["event_2026_11_24", "event_2026_11_25"], await PartsAsync());
        Assert.Equal(2L, await ExecuteAsync("SELECT count(*) FROM event"));
        Assert.Equal([3], (await Store.FollowAsync(LogPosition.Start)).Events.Ids());
        Assert.Equal([3], (await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events.Ids());
        Assert.Equal([3], (await Store.ReadHistoryAsync(Sample.Query())).Ids());
        Assert.Equal(0, await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(1.1), Cancellation));

        // Nor does a retention period that was made longer bring it back.
        await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(-30), Cancellation);
        Assert.Equal([3], (await Store.ReadHistoryAsync(Sample.Query())).Ids());
    }

    [Fact]
    public async Task A_long_reader_holds_up_neither_appends_nor_retention()
    {
        await Store.AppendAsync(Sample.Event(1), Sample.Event(2, Sample.Noon.AddDays(2)));
        var backup = await ConnectAsync();
        await ExecuteAsync(backup, "BEGIN ISOLATION LEVEL REPEATABLE READ");
        await ExecuteAsync(backup, "SELECT count(*) FROM event");

        Assert.Equal(1, await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(1), Cancellation));
        Assert.Equal([2], (await Store.ReadHistoryAsync(Sample.Query())).Ids());
        Assert.Equal(new AppendResult(1, 0), await Store.AppendAsync(Sample.Event(3, Sample.Noon.AddDays(5))));
        Assert.Contains("event_2026_11_23", await PartsAsync());

        await ExecuteAsync(backup, "COMMIT");
        Assert.Equal(0, await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(1), Cancellation));
        Assert.DoesNotContain("event_2026_11_23", await PartsAsync());
    }

    [Fact]
    public async Task What_comes_late_for_a_part_that_is_gone_is_kept_all_the_same()
    {
        await Store.AppendAsync(Sample.Event(1));
        // Another process drops the part, so this one thinks that it is still there.
        await Open().Retention.DeleteStepAsync(Sample.Noon.AddDays(1), Cancellation);
        Assert.Equal(new AppendResult(1, 0), await Store.AppendAsync(Sample.Event(2)));
        Assert.Equal([2], (await Store.ReadHistoryAsync(Sample.Query())).Ids());
        Assert.Equal(1, await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(1), Cancellation));
    }

    [Fact]
    public async Task Processes_that_need_a_part_at_once_make_one()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Open()).ToList();
        var results = await Task.WhenAll(
            stores.Select((store, i) => store.AppendAsync(Sample.Event(1 + i, Sample.Noon.AddDays(-i)), Sample.Event(100 + i))));
        Assert.Equal(8, results.Sum(result => result.Appended));
    }

    [Fact]
    public async Task An_archive_of_eight_thousand_distinct_days_ahead_is_kept_in_few_parts_and_its_events_expire_like_any()
    {
        var days = Enumerable.Range(0, 8_000).Select(day => Sample.Event(1 + day, Sample.Noon.AddDays(day))).ToArray();
        foreach (var batch in days.Chunk(2_000))
            Assert.Equal(new AppendResult(batch.Length, 0), await Store.AppendAsync(batch));

        // 32 days, the months of two years, the years after.
        var parts = await PartsAsync();
        Assert.Contains("event_2027_02", parts);
        Assert.Contains("event_2040", parts);
        Assert.InRange(parts.Length, 50, 90);
        Assert.Equal(8_000, await CountAsync(DateTimeOffset.MinValue));

        Assert.Equal(7_000, await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(7_000), Cancellation));
        Assert.Equal(1_000, await CountAsync(DateTimeOffset.MinValue));
        Assert.DoesNotContain("event_2040", await PartsAsync());
    }

    [Theory]
    [InlineData("2026-12-24", "event_2026_12_24")]
    [InlineData("2026-12-25", "event_2026_12")]
    [InlineData("2028-11-23", "event_2028_11")]
    [InlineData("2028-11-24", "event_2028")]
    [InlineData("2099-12-31", "event_2099")]
    [InlineData("2026-09-24", "event_2026_09_24")]
    [InlineData("2026-08-23", "event_2026_08")]
    [InlineData("2008-01-01", "event_2008_01")]
    public void Parts_grow_with_the_distance_from_today(string day, string expected) =>
        Assert.Equal(expected, EventPartitions.Choose(
            DateOnly.Parse(day, CultureInfo.InvariantCulture), [], new DateOnly(2026, 11, 23), isByMonth: false).Table);

    [Fact]
    public void A_part_overlaps_none_that_is_there()
    {
        var today = new DateOnly(2026, 11, 23);
        var month = EventPartition.Of(new DateOnly(2030, 5, 1), PartitionLength.Month);
        var day = EventPartition.Of(new DateOnly(2030, 6, 7), PartitionLength.Day);

        Assert.Equal("event_2030_07", EventPartitions.Choose(new DateOnly(2030, 7, 1), [month, day], today, isByMonth: false).Table);
        Assert.Equal("event_2030_06_08", EventPartitions.Choose(new DateOnly(2030, 6, 8), [month, day], today, isByMonth: false).Table);
        Assert.Equal("event_2031", EventPartitions.Choose(new DateOnly(2031, 6, 8), [month, day], today, isByMonth: true).Table);
    }

    private async Task<long> CountAsync(DateTimeOffset since) => (await Store.ReadSinceAsync(since)).Events.Count;

    private async Task<string[]> PartsAsync() => ((string)(await ExecuteAsync(
        """
        SELECT coalesce(string_agg(relname, ',' ORDER BY relname), '') FROM pg_inherits JOIN pg_class ON oid = inhrelid
        WHERE inhparent = 'event'::regclass AND relname NOT IN ('event_early', 'event_late')
        """))!).Split(',', StringSplitOptions.RemoveEmptyEntries);
}
