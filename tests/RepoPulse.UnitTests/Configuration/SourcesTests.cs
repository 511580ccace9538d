namespace RepoPulse.UnitTests.Configuration;

public sealed class SourcesTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    [Fact]
    public void The_command_line_outranks_the_environment_and_the_environment_the_file()
    {
        _fixture.WithFile("""{"Statistics": {"WindowEvents": 11, "BatchSize": 12}, "GitHub": {"MaxConcurrentRequests": 13}}""")
            .WithVariable("REPOPULSE__Statistics__WindowEvents", "21")
            .WithVariable("REPOPULSE__Statistics__BatchSize", "22");

        var settings = _fixture.Settings("--Statistics:WindowEvents=31");

        Assert.Equal(31, settings.Statistics.Window.MaxEvents);
        Assert.Equal(22, settings.Statistics.BatchSize);
        Assert.Equal(13, settings.GitHub.MaxConcurrentRequests);
    }

    [Theory]
    [InlineData("--STATISTICS:windowevents=31")]
    [InlineData("--Statistics:WindowEvents", "31")]
    [InlineData("--Statistics:WindowEvents=30", "--statistics:windowevents=31")]
    public void An_option_may_be_written_in_several_ways(params string[] arguments) =>
        Assert.Equal(31, _fixture.Settings(arguments).Statistics.Window.MaxEvents);

    [Fact]
    public void Variables_are_found_whatever_their_case_and_others_are_left_alone()
    {
        _fixture.WithVariable("RepoPulse__STATISTICS__WINDOWEVENTS", "21")
            .WithVariable("REPOPULSE_TEST_DATA", "/data")
            .WithVariable("Statistics__WindowEvents", "9");

        Assert.Equal(21, _fixture.Settings().Statistics.Window.MaxEvents);
    }

    [Fact]
    public void A_named_file_takes_the_place_of_the_default_one()
    {
        _fixture
            .WithFile("""{"Statistics": {"WindowEvents": 1, "BatchSize": 2}}""")
            .WithFile("""{"Statistics:WindowEvents": 3}""", "other.json");

        var settings = _fixture.Loader.Load(new() { ConfigFile = "other.json" }).Settings!;

        Assert.Equal(3, settings.Statistics.Window.MaxEvents);
        Assert.Equal(1000, settings.Statistics.BatchSize);
    }

    [Fact]
    public void A_named_file_that_is_missing_is_a_fault()
    {
        var fault = Assert.Single(_fixture.Loader.Load(new() { ConfigFile = "missing.json" }).Faults);

        Assert.Equal("missing.json does not exist", fault.ToString());
    }

    [Theory]
    [InlineData("""{"Collector":{"Name":"\ud800"}}""")]
    [InlineData("""{"\ud800":1}""")]
    public void Text_that_is_half_of_a_surrogate_pair_is_reported(string json)
    {
        _fixture.WithFile(json);

        Assert.StartsWith("repopulse.json is not valid JSON: text", _fixture.Fault().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Malformed_JSON_is_reported_with_file_line_and_column_and_without_what_stands_there()
    {
        _fixture.WithFile("{\n  \"GitHub\": { \"Tokens\": [nghp_secret] }\n}");

        var fault = _fixture.Fault();

        // A literal that begins as null does fails at its second letter.
        Assert.Matches("^repopulse.json is not valid JSON: line 2, column (26|27)$", fault.ToString());
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"Api": {"Urls": "x"}, "api": {"urls": "y"}}""")]
    [InlineData("")]
    public void A_file_that_is_no_configuration_is_a_fault(string json)
    {
        _fixture.WithFile(json);

        Assert.Equal("repopulse.json", _fixture.Fault().Key);
    }

    [Fact]
    public void JSON_may_have_comments_nulls_and_empty_sections()
    {
        _fixture.WithFile("""
            {
              // why
              "Api": {}, "Collector": null, "Statistics": {"WindowEvents": null, "BatchSize": 7,},
            }
            """);

        var settings = _fixture.Settings();

        Assert.Equal(7, settings.Statistics.BatchSize);
        Assert.Equal(500, settings.Statistics.Window.MaxEvents);
    }

    [Fact]
    public void An_option_without_a_value_is_a_fault()
    {
        var fault = _fixture.Fault("--Api:Urls", "--json");

        Assert.Equal("Api:Urls", fault.Key);
        Assert.Equal("--Api:Urls=VALUE", fault.Allowed);
    }

    [Fact]
    public void What_stands_after_two_hyphens_is_no_setting()
    {
        var options = RepoPulse.Configuration.SettingsOptions.Extract(["import", "--Statistics:BatchSize=5", "--", "--Api:Urls=x", "-"]);

        Assert.Equal(["import", "--", "--Api:Urls=x", "-"], options.Remaining);
        Assert.Equal("Statistics:BatchSize", Assert.Single(options.Source.Values).Key);
    }

    [Fact]
    public void An_address_as_an_options_value_is_no_setting()
    {
        string[] arguments = ["stats", "--server", "http://127.0.0.1:8080", "--server=http://127.0.0.1:8080"];

        Assert.Equal(arguments, RepoPulse.Configuration.SettingsOptions.Extract(arguments).Remaining);
    }

    public void Dispose() => _fixture.Dispose();
}
