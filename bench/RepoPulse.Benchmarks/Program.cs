using System.CommandLine;
using RepoPulse.Benchmarks;
using RepoPulse.Benchmarks.Abuse;
using RepoPulse.Benchmarks.Dashboard;
using RepoPulse.Benchmarks.Import;
using RepoPulse.Benchmarks.Kafka;
using RepoPulse.Benchmarks.Polling;
using RepoPulse.Benchmarks.Postgres;
using RepoPulse.Benchmarks.Streaming;

var data = new Option<string>("--data")
{
    Description = "The folder of recorded events",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("REPOPULSE_TEST_DATA") ?? "../shared/data"
};
var copies = new Option<int>("--copies") { Description = "How often the hour is repeated, shifted", DefaultValueFactory = _ => 23 };
var rounds = new Option<int>("--rounds") { Description = "Counted rounds, after one that warms up", DefaultValueFactory = _ => 5 };
var executable = new Option<string>("--executable")
{
    Description = "The built repopulse.dll",
    DefaultValueFactory = _ => "src/RepoPulse/bin/Release/net10.0/repopulse.dll"
};

var import = new Command("import", "Import of a large archive, next to gzip -dc and to DuckDB, in turn")
{
    data,
    copies,
    rounds,
    executable
};
import.SetAction((result, _) => ImportBenchmark.RunAsync(
    result.GetValue(data)!, result.GetValue(executable)!, result.GetValue(copies), result.GetValue(rounds), Console.Out));

var startup = new Command("startup", "From start to ready, over a database of many events and over an empty one")
{
    data,
    copies,
    rounds,
    executable
};
startup.SetAction((result, _) => StartupBenchmark.RunAsync(
    result.GetValue(data)!, result.GetValue(executable)!, result.GetValue(copies), result.GetValue(rounds), Console.Out));

var aggregator = new Command("aggregator", "The cost of one new event with 100 and with 16,000 series, and of folding a million");
aggregator.SetAction((_, _) => AggregatorBenchmark.RunAsync(Console.Out));

var api = new Command("api", "Requests a second of the statistics, next to an empty endpoint of the same server");
api.SetAction((_, cancellation) => ApiBenchmark.RunAsync(Console.Out, cancellation));

var payload = new Command("payload", "Size, append and read of events stored in different ways") { data };
payload.SetAction((result, _) => PayloadBenchmark.RunAsync(result.GetValue(data)!, Console.Out));

var polling = new Command("polling", "Requests that polling costs, counted by the simulator on virtual time");
polling.SetAction((_, _) => PollingBenchmark.RunAsync(Console.Out));

var deliveries = new Option<int>("--deliveries")
{
    Description = "Counted deliveries, after 300 that warm up",
    DefaultValueFactory = _ => 2000
};
var webhook = new Command("webhook", "From a webhook to the served statistic, next to a POST that stores nothing")
{
    executable,
    deliveries
};
webhook.SetAction((result, cancellation) => WebhookBenchmark.RunAsync(
    result.GetValue(executable)!, result.GetValue(deliveries), Console.Out, cancellation));

var events = new Option<int>("--events") { Description = "Counted events", DefaultValueFactory = _ => 60 };
var freshness = new Command("freshness", "From an event that a feed shows to the served statistic, less the poll interval")
{
    executable,
    events
};
freshness.SetAction((result, cancellation) => FreshnessBenchmark.RunAsync(
    result.GetValue(executable)!, result.GetValue(events), Console.Out, cancellation));

var feeds = new Option<int>("--repositories") { Description = "Watched repositories", DefaultValueFactory = _ => 50_000 };
var minutes = new Option<int>("--minutes") { Description = "How long it is watched", DefaultValueFactory = _ => 30 };
var collector = new Command("collector", "Processor time and memory of collect with many repositories") { executable, feeds, minutes };
collector.SetAction((result, cancellation) => CollectorBenchmark.RunAsync(
    result.GetValue(executable)!, result.GetValue(feeds), result.GetValue(minutes), Console.Out, cancellation));

var appended = new Option<int>("--events")
{
    Description = "Counted events, after two hours of GH Archive that warm up",
    DefaultValueFactory = _ => 50_000
};
var append = new Command("postgres-append", "Appends to the log in PostgreSQL, next to plain COPY of the same rows, in turn")
{
    data,
    appended,
    rounds
};
append.SetAction((result, cancellation) => AppendBenchmark.RunAsync(
    result.GetValue(data)!, result.GetValue(appended), result.GetValue(rounds), Console.Out, cancellation));

var seconds = new Option<int>("--seconds") { Description = "How long it is counted, after 5 that warm up", DefaultValueFactory = _ => 30 };
var commits = new Command("postgres-freshness", "From a commit in PostgreSQL to the served statistic, at 1,000 events a second")
{
    executable,
    seconds
};
commits.SetAction((result, cancellation) => CommitFreshnessBenchmark.RunAsync(
    result.GetValue(executable)!, result.GetValue(seconds), Console.Out, cancellation));

var window = new Option<int>("--events") { Description = "Events in the window", DefaultValueFactory = _ => 1_000_000 };
var coldStart = new Command("postgres-startup", "From start to ready over many events in PostgreSQL, and the memory that it takes")
{
    data,
    executable,
    window,
    rounds
};
coldStart.SetAction((result, cancellation) => ColdStartBenchmark.RunAsync(
    result.GetValue(data)!, result.GetValue(executable)!, result.GetValue(window), result.GetValue(rounds), Console.Out, cancellation));

var readers = new Option<int>("--readers") { Description = "Readers at once", DefaultValueFactory = _ => 1000 };
var streamed = new Option<int>("--seconds") { Description = "How long they read", DefaultValueFactory = _ => 60 };
var stream = new Command("stream", "The live stream with one reader of everything and with many, at 200 events a second")
{
    executable,
    readers,
    streamed
};
stream.SetAction((result, cancellation) => StreamBenchmark.RunAsync(
    result.GetValue(executable)!, result.GetValue(readers), result.GetValue(streamed), Console.Out, cancellation));

var logged = new Option<int>("--events") { Description = "Appended events", DefaultValueFactory = _ => 200_000 };
var batch = new Option<int>("--batch") { Description = "Events of one append", DefaultValueFactory = _ => 1_000 };
var kafka = new Command("kafka", "Appending to Kafka and folding a partition, next to Kafka's own producer and consumer tools, in turn")
{
    data,
    logged,
    batch,
    rounds
};
kafka.SetAction((result, cancellation) => KafkaBenchmark.RunAsync(
    result.GetValue(data)!, result.GetValue(logged), result.GetValue(batch), result.GetValue(rounds), Console.Out, cancellation));

var fleet = new Option<int>("--repositories") { Description = "Watched repositories", DefaultValueFactory = _ => 100_000 };
var services = new Command("kafka-fleet", "Start-up and memory of each service over Kafka with many repositories") { executable, fleet };
services.SetAction(
    (result, cancellation) => FleetBenchmark.RunAsync(result.GetValue(executable)!, result.GetValue(fleet), Console.Out, cancellation));

var followed = new Option<int>("--seconds") { Description = "How long new events are followed", DefaultValueFactory = _ => 30 };
var overview = new Command(
    "overview", "The page of 5,000 repositories in Chromium: until it can be used, scrolled, and following 200 events a second")
    {
        executable,
        rounds,
        followed
    };
overview.SetAction((result, cancellation) => OverviewBenchmark.RunAsync(
    result.GetValue(executable)!, result.GetValue(rounds), result.GetValue(followed), Console.Out, cancellation));

return await new RootCommand("Measures what the documentation claims. Run it in Release, on a quiet machine.")
{
    import,
    startup,
    aggregator,
    api,
    payload,
    polling,
    freshness,
    collector,
    webhook,
    append,
    commits,
    coldStart,
    stream,
    kafka,
    services,
    overview,
    AbuseCommand.Create(executable)
}.Parse(args).InvokeAsync();
