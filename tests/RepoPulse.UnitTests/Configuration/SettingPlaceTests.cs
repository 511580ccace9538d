using RepoPulse.Collector;
using Microsoft.Extensions.Logging;
using RepoPulse.Configuration;
using RepoPulse.GitHub;
using RepoPulse.UnitTests.GitHub.App;

namespace RepoPulse.UnitTests.Configuration;

/// <summary>Every setting fills the option that it is read from, and no other setting's.</summary>
public sealed class SettingPlaceTests
{
    private static readonly RepoPulseSettings Defaults = new();

    public static TheoryData<string> Keys { get; } = [.. SettingsSchema.All.Select(setting => setting.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_setting_fills_its_own_option_alone(string key)
    {
        var setting = SettingsSchema.All.Single(setting => setting.Key == key);
        var value = Other(setting);

        var filled = setting.Fill(Defaults, value);

        Assert.Equal(value, Read(setting, filled));
        Assert.NotEqual(value, Read(setting, Defaults));
        Assert.All(
            SettingsSchema.All.Where(other => other != setting), other => Assert.Equal(Read(other, Defaults), Read(other, filled)));
    }

    private static object? Read(Setting setting, RepoPulseSettings settings) => setting switch
    {
        SettingOf<Uri> of => of.Place.Get(settings),
        SettingOf<string?> of => of.Place.Get(settings),
        SettingOf<bool> of => of.Place.Get(settings),
        SettingOf<int> of => of.Place.Get(settings),
        SettingOf<int?> of => of.Place.Get(settings),
        SettingOf<long?> of => of.Place.Get(settings),
        SettingOf<TimeSpan> of => of.Place.Get(settings),
        SettingOf<TimeSpan?> of => of.Place.Get(settings),
        SettingOf<AppPrivateKey?> of => of.Place.Get(settings),
        SettingOf<StorageProvider> of => of.Place.Get(settings),
        SettingOf<EvidenceMode> of => of.Place.Get(settings),
        SettingOf<EventLogProvider> of => of.Place.Get(settings),
        SettingOf<LogLevel> of => of.Place.Get(settings),
        SettingOf<LogFormat> of => of.Place.Get(settings),
        SettingOf<IReadOnlyList<string>> of => of.Place.Get(settings),
        SettingOf<IReadOnlyList<RepositoryName>> of => of.Place.Get(settings),
        SettingOf<IReadOnlyList<FeedAddress>> of => of.Place.Get(settings),
        _ => throw new NotSupportedException($"{setting.Key} has a type that this test does not know: {setting.GetType()}"),
    };

    private static object Other(Setting setting) => setting switch
    {
        SettingOf<Uri> => new Uri("https://other.example"),
        SettingOf<string?> => "other",
        SettingOf<bool> of => !of.Default,
        SettingOf<int> or SettingOf<int?> => 4711,
        SettingOf<long?> => 4711L,
        SettingOf<TimeSpan> or SettingOf<TimeSpan?> => TimeSpan.FromSeconds(4711),
        SettingOf<AppPrivateKey?> => SomeApp.Options.PrivateKey,
        SettingOf<StorageProvider> => StorageProvider.Postgres,
        SettingOf<EvidenceMode> => EvidenceMode.Off,
        SettingOf<EventLogProvider> => EventLogProvider.Kafka,
        SettingOf<LogLevel> => LogLevel.Trace,
        SettingOf<LogFormat> => LogFormat.Json,
        SettingOf<IReadOnlyList<string>> => (string[])["other"],
        SettingOf<IReadOnlyList<RepositoryName>> => (RepositoryName[])[RepositoryName.Parse("other/other")],
        _ => (FeedAddress[])[FeedAddress.OfOrganization("other")],
    };
}
