using RepoPulse.Api;

namespace RepoPulse.Configuration.Schema;

internal static class ApiSchema
{
    public static readonly ListSetting<string> Urls = new("Api:Urls", AddressFormats.Listen)
    {
        Default = ["http://127.0.0.1:8080"],
        Description = "Where `run` and `serve` answer.",
    };

    public static readonly ListSetting<string> AggregatorUrls = new("Aggregator:Urls", AddressFormats.Listen)
    {
        Default = ["http://127.0.0.1:8082"],
        Description = "Where an aggregator that runs alone serves health and metrics.",
    };

    public static readonly ListSetting<string> ArchiverUrls = new("Archiver:Urls", AddressFormats.Listen)
    {
        Default = ["http://127.0.0.1:8083"],
        Description = "Where an archiver that runs alone serves health and metrics.",
    };

    public static readonly ListSetting<string> Repositories = new("Api:Repositories", ValueFormats.RepositoryPattern)
    {
        Default = ["*"],
        Description = "Which repositories the API shows; `!` leaves out, a list of exclusions alone shows the rest. A hidden one, judged by its present name, is as one never heard of.",
    };

    public static readonly ListSetting<string> Keys = new("Api:Keys", ValueFormats.Credential)
    {
        Default = [],
        IsSecret = true,
        Description = "Where set, every `/api` request needs `Authorization: Bearer KEY`.",
    };

    public static readonly ScalarSetting<bool> PublicBadges = new("Api:PublicBadges", ValueFormats.Boolean)
    {
        Default = true,
        Description = "Whether badges of shown repositories need no key.",
    };

    public static readonly ListSetting<string> AllowedOrigins = new("Api:AllowedOrigins", AddressFormats.Origin)
    {
        Default = [],
        Description = "The origins whose pages may ask the API from a browser (CORS).",
    };

    public static readonly ScalarSetting<int?> RequestsPerMinute = new("Api:RequestsPerMinute", OptionalRate)
    {
        Default = null,
        Description = "The most requests a minute of one client under `/api`, that is of a key or else of an address; above it the answer is 429.",
    };

    public static IReadOnlyList<Setting> All { get; } =
        [Urls, Repositories, Keys, PublicBadges, AllowedOrigins, RequestsPerMinute, AggregatorUrls, ArchiverUrls];

    private static ValueFormat<int?> OptionalRate
    {
        get
        {
            var rate = ValueFormats.Integer(1, ApiOptions.MaxRequestsPerMinute);
            return new(
                rate.Kind,
                rate.Allowed,
                (string text, out int? value) =>
                {
                    var problem = rate.Parse(text, out var number);
                    value = number;
                    return problem;
                },
                value => value is { } number ? rate.Show(number) : "none");
        }
    }
}
