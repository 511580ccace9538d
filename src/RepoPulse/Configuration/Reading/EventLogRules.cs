using RepoPulse.Hosting;

namespace RepoPulse.Configuration;

/// <summary>What the choice of the event log asks of other settings, and of the command.</summary>
internal static class EventLogRules
{
    public static void Check(SettingsValues values, Role role, ConfigurationErrors faults)
    {
        if (faults.Any(fault => fault.Key == StorageSchema.EventLog.Key))
            return;
        if (values.Get(StorageSchema.EventLog) == EventLogProvider.Kafka)
            CheckKafka(values, role, faults);
        else if (role is Role.Aggregate or Role.Archive)
            faults.Add(Misplaced(
                values,
                "needs no such service: `serve` and `run` aggregate, and the events are in the database",
                "Kafka, with `aggregate` and `archive`"));
    }

    private static void CheckKafka(SettingsValues values, Role role, ConfigurationErrors faults)
    {
        if (role == Role.Run)
            faults.Add(Misplaced(
                values,
                "is for services that run apart, and `run` is all of them in one process",
                "Sql; or `collect`, `aggregate`, `serve` and `archive`"));
        var origin = values.OriginOf(StorageSchema.EventLog);
        if (values.Get(KafkaSchema.BootstrapServers).Count == 0)
            AddMissing(KafkaSchema.BootstrapServers, "is missing: EventLog:Provider is Kafka");
        if (role == Role.Archive && values.OriginOf(StorageSchema.ConnectionString) is null)
            AddMissing(StorageSchema.ConnectionString, "is missing: `archive` needs a database to write into");
        CheckSecurity(values, faults);

        void AddMissing(Setting setting, string problem)
        {
            // One that was given wrong is reported already; so is the twin of a secret.
            if (!faults.Any(fault => fault.Key.StartsWith(setting.Key, StringComparison.Ordinal)))
                faults.Add(new() { Key = setting.Key, Problem = problem, Allowed = setting.Allowed, Origin = origin });
        }
    }

    /// <summary>What is given for a protocol that is not used would leave the traffic open, in silence.</summary>
    private static void CheckSecurity(SettingsValues values, ConfigurationErrors faults)
    {
        if (faults.Any(fault => fault.Key == KafkaSecuritySchema.Protocol.Setting.Key))
            return;
        var protocol = values.Get(KafkaSecuritySchema.Protocol.Setting) ?? "plaintext";
        if (!protocol.StartsWith("sasl", StringComparison.Ordinal))
            Refuse("sasl.", "with sasl_plaintext and sasl_ssl");
        if (!protocol.EndsWith("ssl", StringComparison.Ordinal))
            Refuse("ssl.", "with ssl and sasl_ssl");

        void Refuse(string prefix, string allowed)
        {
            foreach (var (name, setting) in KafkaSecuritySchema.Properties)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal) && values.OriginOf(setting) is { } origin)
                    faults.Add(new()
                    {
                        Key = setting.Key,
                        Problem = $"has no use: Kafka:Security:Protocol is {protocol}",
                        Allowed = allowed,
                        Origin = origin
                    });
            }
        }
    }

    private static ConfigurationError Misplaced(SettingsValues values, string problem, string allowed) => new()
    {
        Key = StorageSchema.EventLog.Key,
        Value = values.Get(StorageSchema.EventLog).ToString(),
        Problem = problem,
        Allowed = allowed,
        Origin = values.OriginOf(StorageSchema.EventLog),
    };
}
