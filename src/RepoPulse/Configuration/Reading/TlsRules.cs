using RepoPulse.Hosting;

namespace RepoPulse.Configuration;

/// <summary>What an <c>https://</c> address needs, and whether the files for it can be used.</summary>
internal static class TlsRules
{
    private static readonly ListSetting<string>[] Addresses =
        [ApiSchema.Urls, CollectorSchema.Urls, ApiSchema.AggregatorUrls, ApiSchema.ArchiverUrls];

    public static void Check(SettingsValues values, string workingFolder, ConfigurationErrors faults)
    {
        if (TlsSettings.Of(values.Get(ServerSchema.CertificateFile), values.Get(ServerSchema.KeyFile), workingFolder) is { } files)
            CheckFiles(values, files, faults);
        else if (values.OriginOf(ServerSchema.CertificateFile) is null && values.OriginOf(ServerSchema.KeyFile) is null)
            CheckAddresses(values, faults);
    }

    private static void CheckFiles(SettingsValues values, TlsSettings files, ConfigurationErrors faults)
    {
        var reading = CertificateReading.Read(files);
        using (reading.Certificate)
        {
            if (reading.Error is not { } error)
                return;
            var setting = error.Key == ServerSchema.KeyFile.Key ? ServerSchema.KeyFile : ServerSchema.CertificateFile;
            faults.Add(new()
            {
                Key = setting.Key,
                Problem = error.Problem,
                Allowed = setting.Allowed,
                Origin = values.OriginOf(setting),
            });
        }
    }

    private static void CheckAddresses(SettingsValues values, ConfigurationErrors faults)
    {
        foreach (var setting in Addresses)
        {
            foreach (var url in values.Get(setting).Where(TlsListening.IsHttps))
            {
                faults.Add(new()
                {
                    Key = setting.Key,
                    Value = url,
                    Problem = "needs a certificate",
                    Allowed = $"an http address, or https with {ServerSchema.CertificateFile.Key} and {ServerSchema.KeyFile.Key}",
                    Origin = values.OriginOf(setting),
                });
            }
        }
    }
}
