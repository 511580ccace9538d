using RepoPulse.Api;

namespace RepoPulse.Configuration;

internal static class ApiSchema
{
    public static readonly ListSetting<string> Urls = new("Api:Urls", AddressFormats.Listen)
    {
        EmptyProblem = AddressFormats.NoAddress,
        Place = Sections.Urls.Of(options => options.Api, (options, value) => options with { Api = value }),
        Description = "Where `run` and `serve` answer.",
    };

    public static readonly ListSetting<string> AggregatorUrls = new("Aggregator:Urls", AddressFormats.Listen)
    {
        EmptyProblem = AddressFormats.NoAddress,
        Place = Sections.Urls.Of(options => options.Aggregator, (options, value) => options with { Aggregator = value }),
        Description = "Where an aggregator that runs alone serves health and metrics.",
    };

    public static readonly ListSetting<string> ArchiverUrls = new("Archiver:Urls", AddressFormats.Listen)
    {
        EmptyProblem = AddressFormats.NoAddress,
        Place = Sections.Urls.Of(options => options.Archiver, (options, value) => options with { Archiver = value }),
        Description = "Where an archiver that runs alone serves health and metrics.",
    };

    public static readonly ListSetting<string> Repositories = new("Api:Repositories", ValueFormats.RepositoryPattern)
    {
        Place = Sections.Api.Of(options => options.Repositories, (options, value) => options with { Repositories = value }),
        Description = "Which repositories the API shows; `!` leaves out, a list of exclusions alone shows the rest. A hidden one, " +
            "judged by its present name, is as one never heard of.",
    };

    public static readonly ListSetting<string> Keys = new("Api:Keys", ValueFormats.Credential)
    {
        Place = Sections.Api.Of(options => options.Keys, (options, value) => options with { Keys = value }),
        IsSecret = true,
        EmptyProblem = "is empty, which would open the API to everyone",
        CanBeNone = true,
        Description = "Where set, every `/api` request needs `Authorization: Bearer KEY`.",
    };

    public static readonly ScalarSetting<bool> PublicBadges = new("Api:PublicBadges", ValueFormats.Boolean)
    {
        Place = Sections.Api.Of(options => options.PublicBadges, (options, value) => options with { PublicBadges = value }),
        EmptyProblem = "is empty",
        Description = "Whether badges of shown repositories need no key.",
    };

    public static readonly ListSetting<string> AllowedOrigins = new("Api:AllowedOrigins", AddressFormats.Origin)
    {
        Place = Sections.Api.Of(options => options.AllowedOrigins, (options, value) => options with { AllowedOrigins = value }),
        Description = "The origins whose pages may ask the API from a browser (CORS).",
    };

    public static readonly ListSetting<string> AllowedHosts = new("Api:AllowedHosts", AddressFormats.Host)
    {
        Place = Sections.Parts.Of(options => options.AllowedHosts ?? [], (options, value) => options with { AllowedHosts = value }),
        DefaultInWords = "the loopback names where every address of `Api:Urls` is loopback, else any",
        EmptyProblem = "is empty, which would let no request through",
        Description = "The names that `run` and `serve` answer under; a request with another `Host` header gets 400. A proxy on the " +
            "same machine that passes on the name it was asked under needs it here.",
    };

    public static readonly ScalarSetting<int?> RequestsPerMinute = new("Api:RequestsPerMinute", OptionalRate)
    {
        Place = Sections.Api.Of(options => options.RequestsPerMinute, (options, value) => options with { RequestsPerMinute = value }),
        EmptyProblem = "is empty, which would switch the limit off",
        Description = "The most requests a minute of one client under `/api`, that is of a key or else of an address; above it the " +
            "answer is 429.",
    };

    public static readonly ScalarSetting<int> MaxStreams = new("Api:MaxStreams", ValueFormats.Integer(1, ApiOptions.MostStreams))
    {
        Place = Sections.Api.Of(options => options.MaxStreams, (options, value) => options with { MaxStreams = value }),
        Description = "The most streams that are open at a time; above it the answer is 503. One whose client reads nothing holds some " +
            "200 kB.",
    };

    public static readonly ScalarSetting<int> MaxStreamsPerClient = new(
        "Api:MaxStreamsPerClient", ValueFormats.Integer(1, ApiOptions.MostStreams))
    {
        Place = Sections.Api.Of(options => options.MaxStreamsPerClient, (options, value) => options with { MaxStreamsPerClient = value }),
        Description = "The most streams of one client that are open at a time, that is of a key or else of an address; above it the " +
            "answer is 429.",
    };

    public static readonly ListSetting<string> TrustedProxies = new("Api:TrustedProxies", AddressFormats.Network)
    {
        Place = Sections.Api.Of(options => options.TrustedProxies, (options, value) => options with { TrustedProxies = value }),
        Description = "The proxies before the API, whose `X-Forwarded-For` says whose request it is that `Api:RequestsPerMinute` and " +
            "`Api:MaxStreamsPerClient` count.",
    };

    public static IReadOnlyList<Setting> All { get; } =
        [
            Urls, Repositories, Keys, PublicBadges, AllowedOrigins, AllowedHosts, RequestsPerMinute, MaxStreams, MaxStreamsPerClient,
            TrustedProxies,
            AggregatorUrls, ArchiverUrls,
        ];

    private static ValueFormat<int?> OptionalRate
    {
        get
        {
            var rate = ValueFormats.Integer(1, ApiOptions.MaxRequestsPerMinute);
            return new(
                rate.Kind,
                $"{rate.Allowed}, or none",
                (string text, out int? value) =>
                {
                    value = null;
                    if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
                        return null;
                    var problem = rate.Parse(text, out var number);
                    value = number;
                    return problem;
                },
                value => value is { } number ? rate.Show(number) : "none");
        }
    }
}
