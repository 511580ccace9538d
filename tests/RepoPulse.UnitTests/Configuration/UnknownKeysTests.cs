using RepoPulse.Configuration;

namespace RepoPulse.UnitTests.Configuration;

public sealed class UnknownKeysTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    [Theory]
    [InlineData("Collector:Repositores", "Collector:Repositories")]
    [InlineData("Collector:MinPolInterval", "Collector:MinPollInterval")]
    [InlineData("collector:maxpollintervall", "Collector:MaxPollInterval")]
    [InlineData("GitHub:Token", "GitHub:Tokens")]
    [InlineData("GitHub:TokenFile", "GitHub:TokensFile")]
    [InlineData("Collector:Tokens", "GitHub:Tokens")]
    [InlineData("Stats:WindowDuration", "Statistics:WindowDuration")]
    [InlineData("Api:Url", "Api:Urls")]
    [InlineData("Logging:Formta", "Logging:Format")]
    [InlineData("Storage:ConectionString", "Storage:ConnectionString")]
    [InlineData("Kafka:Security:SaslPasword", "Kafka:Security:SaslPassword")]
    [InlineData("Kafka:Security:ssl.ca.locaton", "Kafka:Security:SslCaLocation")]
    [InlineData("Kafka:BootstrapServer", "Kafka:BootstrapServers")]
    public void An_unknown_key_is_a_fault_with_the_nearest_known_name(string key, string nearest)
    {
        var fault = _fixture.Fault($"--{key}=1");

        Assert.Equal($"{key} is not a key; did you mean {nearest}? (in the option --{key})", fault.ToString());
    }

    [Fact]
    public void An_unknown_key_of_a_file_is_reported_with_the_file_and_once_for_a_whole_list()
    {
        _fixture.WithFile("""{"Collector": {"Repositores": ["a/b", "c/d"]}}""");

        Assert.Equal(
            "Collector:Repositores is not a key; did you mean Collector:Repositories? (in repopulse.json)", _fixture.Fault().ToString());
    }

    [Fact]
    public void An_unknown_key_of_the_environment_is_reported_with_the_variable()
    {
        _fixture.WithVariable("REPOPULSE__Api__Uris", "http://127.0.0.1:1");

        Assert.Equal("Api:Uris is not a key; did you mean Api:Urls? (in the environment variable REPOPULSE__Api__Uris)", _fixture
            .Fault()
            .ToString());
    }

    [Fact]
    public void The_value_of_an_unknown_key_is_never_shown() =>
        Assert.DoesNotContain("ghp_hidden", _fixture.Fault("--GitHub:Token=ghp_hidden").ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"Colector": null}""", "Colector")]
    [InlineData("""{"Colector": {}}""", "Colector")]
    [InlineData("""{"Colector": []}""", "Colector")]
    [InlineData("""{"Collector": "x"}""", "Collector")]
    [InlineData("""{"Collector": ["x"]}""", "Collector")]
    [InlineData("""{"Statistics": {"BatchSize": [1]}}""", "Statistics:BatchSize")]
    [InlineData("""{"Api": {"Urls": {"Http": "x"}}}""", "Api:Urls:Http")]
    [InlineData("""{"Api": {"Urls": [["x"]]}}""", "Api:Urls:0")]
    [InlineData("""{"Api": {"KeysFile": ["x"]}}""", "Api:KeysFile")]
    public void What_has_the_wrong_shape_is_a_fault(string json, string key)
    {
        _fixture.WithFile(json);

        Assert.Equal(key, _fixture.Fault().Key);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "abd", 1)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "abcd", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_the_letters_to_change(string left, string right, int distance)
    {
        Assert.Equal(distance, NearestName.Distance(left, right));
        Assert.Equal(distance, NearestName.Distance(right, left));
    }

    [Fact]
    public void A_key_of_any_length_costs_no_more_than_one_of_a_hundred_characters()
    {
        var key = "Collector:Repositoris" + new string('x', 100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains(NearestName.Find(key, SettingsSchema.Keys), SettingsSchema.Keys);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    public void Dispose() => _fixture.Dispose();
}
