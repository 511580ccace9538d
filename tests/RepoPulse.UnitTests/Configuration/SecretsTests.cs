namespace RepoPulse.UnitTests.Configuration;

public sealed class SecretsTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    [Fact]
    public void A_list_of_secrets_is_read_from_its_file_one_a_line()
    {
        _fixture.WithFile("\n  first \r\nsecond\n\n", "tokens.txt");

        Assert.Equal(["first", "second"], _fixture.Settings("--GitHub:TokensFile=tokens.txt").GitHub.Tokens);
        Assert.Equal(["first", "second"], _fixture.Settings("--Api:KeysFile=" + Path.Combine(_fixture.Folder, "tokens.txt")).Api.Keys);
    }

    [Fact]
    public void One_secret_is_read_from_its_file_trimmed()
    {
        _fixture
            .WithFile("Data Source=other.db;Password=a b\n", "connection.txt")
            .WithVariable("REPOPULSE__Storage__ConnectionStringFile", "connection.txt");

        Assert.Equal("Data Source=other.db;Password=a b", _fixture.Settings().Storage.ConnectionString);
    }

    [Fact]
    public void A_missing_file_is_a_fault_without_its_path_which_may_be_the_secret_itself()
    {
        var fault = _fixture.Fault("--GitHub:TokensFile=missing.txt");

        Assert.Equal(("GitHub:TokensFile", null, "does not exist"), (fault.Key, fault.Value, fault.Problem));
    }

    [Fact]
    public void A_folder_or_an_empty_file_in_the_place_of_a_secret_is_a_fault()
    {
        _fixture.WithFile(" \n", "empty.txt");

        Assert.Equal("is an empty file", _fixture.Fault("--Api:KeysFile=empty.txt").Problem);
        Assert.StartsWith("cannot be read", _fixture.Fault("--Api:KeysFile=.").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_and_its_file_together_are_a_fault_even_from_two_sources()
    {
        _fixture.WithFile("hidden", "keys.txt").WithVariable("REPOPULSE__Api__Keys", "other");

        var fault = _fixture.Fault("--Api:KeysFile=keys.txt");

        Assert.Equal("Api:Keys is given beside Api:KeysFile; only one of the two can be meant (in the environment variable " +
            "REPOPULSE__Api__Keys and the option --Api:KeysFile)", fault.ToString());
    }

    [Fact]
    public void A_file_of_a_lower_source_can_be_emptied_to_give_the_secret_itself()
    {
        _fixture.WithFile("""{"Api": {"KeysFile": "missing.txt"}}""");

        Assert.Equal(["key"], _fixture.Settings("--Api:KeysFile=", "--Api:Keys=key").Api.Keys);
    }

    [Theory]
    [InlineData("REPOPULSE__Api__Keys")]
    [InlineData("REPOPULSE__Api__KeysFile")]
    public void A_variable_that_is_not_set_does_not_open_the_api(string variable)
    {
        var fault = _fixture.WithVariable(variable, "").Fault();

        Assert.Equal("Api:Keys", fault.Key);
        Assert.Equal("is empty, which would open the API to everyone", fault.Problem);
        Assert.Contains("[]", fault.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void No_keys_can_be_said_on_purpose()
    {
        Assert.Empty(_fixture.Settings("--Api:Keys=[]").Api.Keys);
        Assert.Empty(_fixture.WithFile("""{"Api": {"Keys": []}}""").Settings().Api.Keys);
    }

    [Fact]
    public void The_secret_of_webhooks_may_be_of_any_text_and_stand_in_a_file()
    {
        _fixture.WithFile("Geheimnis für alle 🐢\n", "secret.txt");

        Assert.Equal("Geheimnis für alle 🐢", _fixture.Settings("--Webhooks:SecretFile=secret.txt").Webhooks.Secret);
        Assert.Equal("It's a Secret to Everybody", _fixture.Settings("--Webhooks:Secret=It's a Secret to Everybody").Webhooks.Secret);
    }

    [Theory]
    [InlineData("--GitHub:Tokens=hidden\u00e9")]
    [InlineData("--GitHub:Tokens:0=hid den")]
    [InlineData("--Api:Keys:3=hid\u0007den")]
    [InlineData("--Storage:ConnectionString=hidden")]
    [InlineData("--Webhooks:Secrets=hidden")]
    [InlineData("--Kafka:Security:SaslPasword=hidden")]
    [InlineData("--GitHub:ApiUrl=https://user:hidden@host")]
    [InlineData("--Api:Urls=http://user:hidden@host:80")]
    [InlineData("--GitHub:Token=hidden")]
    [InlineData("--Collector:Repositores=hidden")]
    public void A_secret_is_never_shown(string option)
    {
        var fault = _fixture.Fault(option);

        Assert.Null(fault.Value);
        Assert.DoesNotContain("hid", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_secret_in_a_file_is_reported_by_its_line()
    {
        _fixture.WithFile("good\nhid den\n", "tokens.txt");

        var fault = _fixture.Fault("--GitHub:TokensFile=tokens.txt");

        Assert.Equal("GitHub:TokensFile has a space, or a character that is not ASCII; allowed: visible ASCII characters without " +
            "spaces (in line 2 of tokens.txt)", fault.ToString());
    }

    public void Dispose() => _fixture.Dispose();
}
