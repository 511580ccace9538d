namespace RepoPulse.UnitTests.Configuration;

public sealed class ListsTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    [Fact]
    public void A_list_of_a_higher_source_replaces_the_whole_list_of_a_lower_one()
    {
        _fixture.WithFile("""{"Collector": {"Repositories": ["file/a", "file/b", "file/c"]}}""");
        Assert.Equal(["file/a", "file/b", "file/c"], Repositories());

        _fixture
            .WithVariable("REPOPULSE__Collector__Repositories__0", "env/a")
            .WithVariable("REPOPULSE__Collector__Repositories__1", "env/b");
        Assert.Equal(["env/a", "env/b"], Repositories());

        Assert.Equal(["line/a"], Repositories("--Collector:Repositories:1=line/a"));
    }

    [Theory]
    [InlineData("--Api:Repositories=a/*")]
    [InlineData("--Api:Repositories:0=a/*")]
    [InlineData("--Api:Repositories:7=a/*")]
    public void A_list_replaces_the_defaults_too(string option) =>
        Assert.Equal(["a/*"], _fixture.Settings(option).Api.Repositories);

    [Fact]
    public void An_empty_array_is_an_empty_list()
    {
        _fixture.WithFile("""{"Api": {"Repositories": []}}""");

        Assert.Empty(_fixture.Settings().Api.Repositories);
    }

    [Fact]
    public void An_empty_value_is_an_empty_list_over_that_of_a_lower_source()
    {
        _fixture.WithFile("""{"Collector": {"Repositories": ["file/a"]}}""");

        Assert.Empty(Repositories("--Collector:Repositories="));
    }

    [Theory]
    [InlineData("a/b,c/d")]
    [InlineData("a/b, c/d")]
    [InlineData("a/b c/d")]
    [InlineData("a/b\n\tc/d,")]
    public void One_value_may_hold_a_list(string value) =>
        Assert.Equal(["a/b", "c/d"], Repositories("--Collector:Repositories=" + value));

    [Theory]
    [InlineData("http://127.0.0.1:1;http://127.0.0.1:2")]
    [InlineData("http://127.0.0.1:1,http://127.0.0.1:2")]
    public void Addresses_may_be_parted_by_semicolons_as_well(string value) =>
        Assert.Equal(["http://127.0.0.1:1", "http://127.0.0.1:2"], _fixture.Settings("--Api:Urls=" + value).Urls.Api);

    [Fact]
    public void An_option_given_again_adds_to_its_list() =>
        Assert.Equal(["a/b", "c/d"], Repositories("--Collector:Repositories=a/b", "--Collector:Repositories=c/d"));

    [Fact]
    public void Items_are_in_the_order_of_their_indexes_as_numbers() =>
        Assert.Equal(["a/b", "c/d", "e/f"], Repositories(
            "--Collector:Repositories:10=e/f", "--Collector:Repositories:9=c/d", "--Collector:Repositories:0=a/b"));

    [Fact]
    public void Duplicates_count_once_without_regard_to_case() =>
        Assert.Equal(["Dotnet/Runtime"], Repositories("--Collector:Repositories=Dotnet/Runtime,dotnet/runtime"));

    [Fact]
    public void One_value_and_an_index_in_one_source_is_a_fault() =>
        Assert.Equal("is given both as one value and by index", _fixture.Fault(
            "--Collector:Repositories=a/b", "--Collector:Repositories:0=c/d").Problem);

    [Fact]
    public void Repositories_of_the_command_are_added_to_the_configured_ones()
    {
        _fixture.WithFile("""{"Collector": {"Repositories": ["file/a"], "Organizations": ["dotnet"]}}""");

        var settings = _fixture.Loader.Load(new() { Repositories = ["line/b", "FILE/A"] }).Settings!;

        Assert.Equal(
            [FeedAddress.OfRepository(RepositoryName.Parse("file/a")), FeedAddress.OfRepository(RepositoryName.Parse("line/b")),
                FeedAddress.OfOrganization("dotnet")],
            settings.Collector.Feeds);
    }

    [Fact]
    public void A_wrong_repository_of_the_command_is_a_fault()
    {
        var fault = Assert.Single(_fixture.Loader.Load(new() { Repositories = ["nonsense"] }).Faults);

        Assert.Equal(("--repository", "nonsense"), (fault.Key, fault.Value));
    }

    public void Dispose() => _fixture.Dispose();

    private List<string> Repositories(params string[] arguments) =>
        [.. _fixture.Settings(arguments).Parts.Repositories.Select(name => name.FullName)];
}
