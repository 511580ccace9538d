using RepoPulse.Hosting;
using RepoPulse.Sql.Postgres;

namespace RepoPulse.Configuration;

/// <summary>The rules that hold between settings.</summary>
internal static class SettingsRules
{
    public static void Check(SettingsValues values, Role role, string workingFolder, ConfigurationErrors faults)
    {
        AtMost(CollectorSchema.MinPollInterval, CollectorSchema.MaxPollInterval, values.Get(CollectorSchema.MaxPollInterval));
        if (values.Get(CollectorSchema.RetentionPeriod) is { } retention)
            AtMost(StatisticsSchema.WindowDuration, CollectorSchema.RetentionPeriod, retention);
        EventLogRules.Check(values, role, faults);
        CheckConnection(values, role, faults);
        Together(GitHubSchema.AppId, GitHubSchema.AppInstallationId, GitHubSchema.AppPrivateKeyFile);
        Together(ServerSchema.CertificateFile, ServerSchema.KeyFile);
        TlsRules.Check(values, workingFolder, faults);

        void Together(params ReadOnlySpan<Setting> settings)
        {
            Setting? given = null;
            foreach (var setting in settings)
                given ??= values.OriginOf(setting) is null ? null : setting;
            if (given is null)
                return;
            foreach (var setting in settings)
            {
                if (values.OriginOf(setting) is null && !faults.Any(fault => fault.Key == setting.Key))
                    faults.Add(new()
                    {
                        Key = setting.Key,
                        Problem = $"is missing: it goes together with {given.Key}",
                        Allowed = setting.Allowed,
                        Origin = values.OriginOf(given)
                    });
            }
        }

        void AtMost(SettingOf<TimeSpan> setting, Setting limit, TimeSpan most)
        {
            var isKnown = !faults.Any(fault => fault.Key == setting.Key || fault.Key == limit.Key);
            if (!isKnown || values.Get(setting) <= most)
                return;
            faults.Add(new()
            {
                Key = setting.Key,
                Value = Duration.Show(values.Get(setting)),
                Problem = $"is longer than {limit.Key}",
                Allowed = $"at most {Duration.Show(most)}",
                Origin = values.OriginOf(setting) ?? values.OriginOf(limit),
            });
        }
    }

    /// <summary>The default is a file's: a server has to be named.</summary>
    private static void CheckConnection(SettingsValues values, Role role, ConfigurationErrors faults)
    {
        var setting = StorageSchema.ConnectionString;
        if (values.Get(StorageSchema.Provider) != StorageProvider.Postgres || faults.Any(fault => fault.Key == setting.Key))
            return;
        // Over Kafka only a process that serves history misses a database; one file may well serve all services, and the secret stand
        // elsewhere.
        if (values.Get(StorageSchema.EventLog) == EventLogProvider.Kafka && !role.HasFlag(Role.Serve) && values.OriginOf(setting) is null)
            return;
        var problem = values.OriginOf(setting) is null
            ? "is missing: Storage:Provider is Postgres"
            : PostgresOptions.FindError(values.Get(setting));
        if (problem is not null)
            faults.Add(new()
            {
                Key = setting.Key,
                Problem = problem,
                Allowed = "Host=...;Database=...;Username=...;Password=...",
                Origin = values.OriginOf(setting) ?? values.OriginOf(StorageSchema.Provider)
            });
    }
}
