using RepoPulse.GitHub;

namespace RepoPulse.Configuration;

internal static class GitHubSchema
{
    public static readonly ScalarSetting<Uri> ApiUrl = new("GitHub:ApiUrl", AddressFormats.HttpUrl)
    {
        Place = Sections.GitHub.Of(options => options.ApiUrl, (options, value) => options with { ApiUrl = value }),
        MayHoldSecret = true,
        Description = "The address of GitHub's REST API; for GitHub Enterprise Server `https://HOST/api/v3`.",
    };

    public static readonly ListSetting<string> Tokens = new("GitHub:Tokens", ValueFormats.Credential)
    {
        Place = Sections.GitHub.Of(options => options.Tokens, (options, value) => options with { Tokens = value }),
        IsSecret = true,
        Description = "Access tokens to ask with; a repository stays with its token, because ETags belong to a token.",
    };

    public static readonly ScalarSetting<string?> AppId = new("GitHub:App:Id", CredentialFormats.AppId)
    {
        Place = Sections.Parts.Of(options => options.AppId, (options, value) => options with { AppId = value }),
        Description = "The id of a GitHub App to ask as, in place of or beside tokens; the three keys of `GitHub:App` go together.",
    };

    public static readonly ScalarSetting<long?> AppInstallationId = new("GitHub:App:InstallationId", CredentialFormats.InstallationId)
    {
        Place = Sections.Parts.Of(options => options.InstallationId, (options, value) => options with { InstallationId = value }),
        Description = "The id of the GitHub App's installation; it sees what it was installed on, and everything public.",
    };

    public static readonly ScalarSetting<AppPrivateKey?> AppPrivateKeyFile = new("GitHub:App:PrivateKeyFile", CredentialFormats.PrivateKey)
    {
        Place = Sections.Parts.Of(options => options.PrivateKey, (options, value) => options with { PrivateKey = value }),
        IsSecret = true,
        IsRead = true,
        Description = "The file that holds the GitHub App's private key.",
    };

    public static readonly ScalarSetting<TimeSpan> RequestTimeout =
        new("GitHub:RequestTimeout", Duration.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)))
        {
            Place = Sections.GitHub.Of(options => options.RequestTimeout, (options, value) => options with { RequestTimeout = value }),
            Description = "How long one request may take.",
        };

    public static readonly ScalarSetting<int> MaxRequestsPerMinute = new("GitHub:MaxRequestsPerMinute", ValueFormats.Integer(1, 100_000))
    {
        Place = Sections.GitHub.Of(
            options => options.MaxRequestsPerMinute, (options, value) => options with { MaxRequestsPerMinute = value }),
        Description = "The most requests a minute for each user whose tokens are used; it outranks `Collector:MaxPollInterval`, and " +
            "the stretch is reported.",
    };

    public static readonly ScalarSetting<int> MaxConcurrentRequests = new("GitHub:MaxConcurrentRequests", ValueFormats.Integer(1, 1000))
    {
        Place = Sections.GitHub.Of(
            options => options.MaxConcurrentRequests, (options, value) => options with { MaxConcurrentRequests = value }),
        Description = "The most requests at one time for each user whose tokens are used; it outranks `Collector:MaxPollInterval` too.",
    };

    public static IReadOnlyList<Setting> All { get; } =
        [ApiUrl, Tokens, AppId, AppInstallationId, AppPrivateKeyFile, RequestTimeout, MaxRequestsPerMinute, MaxConcurrentRequests];
}
