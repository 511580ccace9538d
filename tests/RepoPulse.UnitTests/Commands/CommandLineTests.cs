namespace RepoPulse.UnitTests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly CommandLineFixture _fixture = new();

    private string Error => _fixture.Error.ToString();

    [Theory]
    [InlineData("run", "RunAsync")]
    [InlineData("collect", "CollectAsync")]
    [InlineData("serve", "ServeAsync")]
    [InlineData("check", "CheckAsync")]
    [InlineData("import -", "ImportAsync")]
    [InlineData("aggregate --EventLog:Provider=Kafka --Kafka:BootstrapServers=k:9092", "AggregateAsync")]
    [InlineData(
        "archive --EventLog:Provider=Kafka --Kafka:BootstrapServers=k:9092 --Storage:ConnectionString=DataSource=a.db", "ArchiveAsync")]
    [InlineData("export", "ExportAsync")]
    public async Task A_command_runs_with_the_settings_and_its_code_is_the_exit_code(string line, string called)
    {
        _fixture.Handlers.Body = _ => Task.FromResult(1);

        Assert.Equal(1, await _fixture.InvokeAsync([.. line.Split(' '), "--Statistics:BatchSize=7"]));

        Assert.Equal(called, _fixture.Handlers.Called);
        Assert.Equal(7, _fixture.Handlers.Settings!.Statistics.BatchSize);
        Assert.Empty(Error);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("collect")]
    public async Task Repositories_can_be_named_with_the_command(string command)
    {
        Assert.Equal(0, await _fixture.InvokeAsync(command, "--repository", "a/b", "--Collector:Repositories=c/d", "--repository=e/f"));

        Assert.Equal(["c/d", "a/b", "e/f"], _fixture.Handlers.Settings!.Collector.Feeds.Select(feed => feed.Repository.FullName));
    }

    [Fact]
    public async Task Files_are_handed_over_as_they_were_given()
    {
        Assert.Equal(0, await _fixture.InvokeAsync("import", "a.json.gz", "@list", "-", "folder/"));

        Assert.Equal(["a.json.gz", "@list", "-", "folder/"], _fixture.Handlers.Files);
    }

    [Theory]
    [InlineData("--config", "other.json", "run")]
    [InlineData("run", "--config", "other.json")]
    [InlineData("run", "--config=other.json")]
    public async Task A_configuration_file_can_be_named(params string[] arguments)
    {
        _fixture.Settings.WithFile("""{"Statistics": {"BatchSize": 9}}""", "other.json");

        Assert.Equal(0, await _fixture.InvokeAsync(arguments));

        Assert.Equal(9, _fixture.Handlers.Settings!.Statistics.BatchSize);
    }

    [Theory]
    [InlineData("run", "--nope")]
    [InlineData("run", "word")]
    [InlineData("import")]
    [InlineData("serve", "--repository", "a/b")]
    [InlineData("run", "--config")]
    [InlineData("stats", "nonsense")]
    [InlineData("stats", "--server", "ftp://host")]
    [InlineData("stats", "--server", "host:80")]
    public async Task A_wrong_usage_ends_with_2_and_a_hint(string command, params string[] arguments)
    {
        Assert.Equal(2, await _fixture.InvokeAsync([command, .. arguments]));

        Assert.Null(_fixture.Handlers.Called);
        Assert.Contains($"See 'repopulse {command} --help'.", Error, StringComparison.Ordinal);
        Assert.Empty(_fixture.Out.ToString());
    }

    [Theory]
    [InlineData("improt", "import")]
    [InlineData("status", "stats")]
    [InlineData("runs", "run")]
    public async Task An_unknown_command_ends_with_2_and_the_nearest_name(string command, string nearest)
    {
        Assert.Equal(2, await _fixture.InvokeAsync(command));

        Assert.Contains($"'{command}' is not a command; did you mean '{nearest}'?", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_command_shows_the_help_as_a_fault()
    {
        Assert.Equal(2, await _fixture.InvokeAsync());

        Assert.Contains("Commands:", Error, StringComparison.Ordinal);
        Assert.Empty(_fixture.Out.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("run")]
    [InlineData("collect")]
    [InlineData("serve")]
    [InlineData("aggregate")]
    [InlineData("archive")]
    [InlineData("import")]
    [InlineData("stats")]
    [InlineData("check")]
    public async Task Help_has_examples_of_the_command_and_outranks_what_is_wrong(params string[] command)
    {
        Assert.Equal(0, await _fixture.InvokeAsync([.. command, "--help", "--Nonsense:Key=1"]));

        var help = _fixture.Out.ToString();
        Assert.Contains("--config <FILE>", help, StringComparison.Ordinal);
        Assert.Contains("--Section:Key=value", help, StringComparison.Ordinal);
        Assert.Contains(
            $"  repopulse {command.FirstOrDefault()}",
            help[help.IndexOf("Examples:", StringComparison.Ordinal)..],
            StringComparison.Ordinal);
        Assert.Empty(Error);
        Assert.Null(_fixture.Handlers.Called);
    }

    [Fact]
    public async Task The_version_is_this_programs()
    {
        Assert.Equal(0, await _fixture.InvokeAsync("--version"));

        Assert.Matches(@"^repopulse \d+\.\d+\.\d+", _fixture.Out.ToString());
    }

    [Fact]
    public async Task A_wrong_configuration_ends_with_2_and_all_faults()
    {
        Assert.Equal(2, await _fixture.InvokeAsync("check", "--Api:Uris=x", "--Logging:Level=loud", "--GitHub:Tokens=hid\u00e9den"));

        Assert.Null(_fixture.Handlers.Called);
        Assert.StartsWith("repopulse: the configuration has 3 faults:", Error, StringComparison.Ordinal);
        Assert.Contains("\n  Api:Uris is not a key; did you mean Api:Urls?", Error, StringComparison.Ordinal);
        Assert.Contains("\n  Logging:Level: 'loud' is not one of the choices; allowed: Trace, Debug,", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hid", Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--EventLog:Provider=Kafka", "--Kafka:BootstrapServers=k:9092")]
    [InlineData("collect", "--EventLog:Provider=Kafka")]
    [InlineData("serve", "--EventLog:Provider=Kafka")]
    [InlineData("import", "-", "--EventLog:Provider=Kafka")]
    [InlineData("check", "--EventLog:Provider=Kafka")]
    [InlineData("aggregate")]
    [InlineData("archive")]
    [InlineData("archive", "--EventLog:Provider=Kafka", "--Kafka:BootstrapServers=k:9092")]
    public async Task A_command_and_an_event_log_that_do_not_go_together_end_with_2(params string[] arguments)
    {
        Assert.Equal(2, await _fixture.InvokeAsync(arguments));

        Assert.Null(_fixture.Handlers.Called);
        Assert.StartsWith("repopulse: the configuration has a fault:", Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import", 130, 130)]
    [InlineData("import", 143, 143)]
    [InlineData("run", 130, 0)]
    [InlineData("collect", 143, 0)]
    [InlineData("serve", 143, 0)]
    public async Task An_interrupted_import_ends_with_the_signals_code_and_a_service_with_0(string command, int signal, int expected)
    {
        _fixture.Handlers.Body = async token =>
        {
            _fixture.Termination.Request(signal);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return 1;
        };

        Assert.Equal(expected, await _fixture.InvokeAsync(command == "import" ? [command, "-"] : [command]));
        Assert.Empty(Error);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        _fixture.Handlers.Body = _ => throw new OperationCanceledException("a time-out");

        Assert.Equal(1, await _fixture.InvokeAsync("run"));
    }

    [Fact]
    public async Task An_expected_failure_is_shown_by_its_message_alone()
    {
        _fixture.Handlers.Body = _ => throw new StorageException("The file is locked.", isTransient: true);

        Assert.Equal(1, await _fixture.InvokeAsync("run"));
        Assert.Equal("repopulse: The file is locked." + Environment.NewLine, Error);
    }

    [Fact]
    public async Task An_unexpected_failure_is_shown_in_full()
    {
        _fixture.Handlers.Body = _ => throw new InvalidOperationException("A fault of the program.");

        Assert.Equal(1, await _fixture.InvokeAsync("run"));
        Assert.Contains(nameof(An_unexpected_failure_is_shown_in_full), Error, StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();
}
