namespace RepoPulse.Configuration;

/// <summary>What every role that listens is served with.</summary>
internal static class ServerSchema
{
    public static readonly ScalarSetting<int> MaxConnections = new("Server:MaxConnections", ValueFormats.Integer(16, 1_000_000))
    {
        Place = Sections.Server.Of(options => options.MaxConnections, (options, value) => options with { MaxConnections = value }),
        Description = "The most connections at one time, whatever is asked over them; further ones are closed at once. Each may hold " +
            "64 KiB of a request.",
    };

    public static readonly ScalarSetting<string?> CertificateFile = new(
        "Tls:CertificateFile", Path("the path of a PEM file: the certificate, then those it is signed with"))
    {
        Place = Sections.Parts.Of(options => options.CertificateFile, (options, value) => options with { CertificateFile = value }),
        MayHoldSecret = true,
        Description = "The certificate for `https://` addresses of every role, read again within seconds when it changes.",
    };

    public static readonly ScalarSetting<string?> KeyFile = new(
        "Tls:KeyFile", Path("the path of a PEM file with the certificate's private key, without a password"))
    {
        Place = Sections.Parts.Of(options => options.KeyFile, (options, value) => options with { KeyFile = value }),
        MayHoldSecret = true,
        Description = "The private key of the certificate, read again with it.",
    };

    public static IReadOnlyList<Setting> All { get; } = [MaxConnections, CertificateFile, KeyFile];

    private static ValueFormat<string?> Path(string allowed) => ValueFormats.Text(allowed) with { Kind = "path" };
}
