using RepoPulse.Configuration;

namespace RepoPulse.Hosting;

/// <summary>Serves <c>https://</c> addresses, of any role.</summary>
internal static class TlsListening
{
    public static bool IsHttps(string url) => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Does nothing where no address needs it.</summary>
    public static void AddTls(this WebApplicationBuilder builder, TlsSettings? files, IReadOnlyList<string> urls)
    {
        if (files is null || !urls.Any(IsHttps))
            return;
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ServerCertificates>(services, files));
        builder.Services.AddHostedService<CertificateFollower>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            var certificates = kestrel.ApplicationServices.GetRequiredService<ServerCertificates>();
            // The server wants a certificate or a selector. A selector's certificate goes out without its issuers, so that the context
            // takes its place.
            https.ServerCertificateSelector = (_, _) => certificates.Current.Pair;
            https.OnAuthenticate = (_, handshake) =>
            {
                handshake.ServerCertificateSelectionCallback = null;
                handshake.ServerCertificateContext = certificates.Current.Context;
            };
        }));
    }
}
