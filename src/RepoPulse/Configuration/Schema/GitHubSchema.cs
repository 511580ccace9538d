using RepoPulse.GitHub;

namespace RepoPulse.Configuration;

internal static class GitHubSchema
{
    public static readonly ScalarSetting<Uri> ApiUrl = new("GitHub:ApiUrl", AddressFormats.HttpUrl)
    {
        Default = new Uri("https://api.github.com"),
        MayHoldSecret = true,
        Description = "The address of GitHub's REST API; for GitHub Enterprise Server `https://HOST/api/v3`.",
    };

    public static readonly ListSetting<string> Tokens = new("GitHub:Tokens", ValueFormats.Credential)
    {
        Default = [],
        IsSecret = true,
        Description = "Access tokens to ask with; a repository stays with its token, because ETags belong to a token.",
    };

    public static readonly ScalarSetting<string?> AppId = new("GitHub:App:Id", CredentialFormats.AppId)
    {
        Default = null,
        Description = "The id of a GitHub App to ask as, in place of or beside tokens; the three keys of `GitHub:App` go together.",
    };

    public static readonly ScalarSetting<long?> AppInstallationId = new("GitHub:App:InstallationId", CredentialFormats.InstallationId)
    {
        Default = null,
        Description = "The id of the GitHub App's installation; it sees what it was installed on, and everything public.",
    };

    public static readonly ScalarSetting<AppPrivateKey?> AppPrivateKeyFile = new("GitHub:App:PrivateKeyFile", CredentialFormats.PrivateKey)
    {
        Default = null,
        IsSecret = true,
        IsRead = true,
        Description = "The file that holds the GitHub App's private key.",
    };

    public static readonly ScalarSetting<TimeSpan> RequestTimeout =
        new("GitHub:RequestTimeout", Duration.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)))
        {
            Default = TimeSpan.FromSeconds(30),
            Description = "How long one request may take.",
        };

    public static readonly ScalarSetting<int> MaxRequestsPerMinute = new("GitHub:MaxRequestsPerMinute", ValueFormats.Integer(1, 100_000))
    {
        Default = 900,
        Description = "The most requests a minute for each user whose tokens are used; it outranks `Collector:MaxPollInterval`, and " +
            "the stretch is reported.",
    };

    public static readonly ScalarSetting<int> MaxConcurrentRequests = new("GitHub:MaxConcurrentRequests", ValueFormats.Integer(1, 1000))
    {
        Default = 80,
        Description = "The most requests at one time for each user whose tokens are used; it outranks `Collector:MaxPollInterval` too.",
    };

    public static IReadOnlyList<Setting> All { get; } =
        [ApiUrl, Tokens, AppId, AppInstallationId, AppPrivateKeyFile, RequestTimeout, MaxRequestsPerMinute, MaxConcurrentRequests];
}
