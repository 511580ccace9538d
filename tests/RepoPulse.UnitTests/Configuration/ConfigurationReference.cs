using System.Text;
using RepoPulse.Configuration;

namespace RepoPulse.UnitTests.Configuration;

/// <summary>Writes <c>docs/configuration.md</c> from the schema.</summary>
internal static class ConfigurationReference
{
    private const string Introduction = """
        # Configuration

        <!-- Made from the schema in src/RepoPulse/Configuration/Schema; a test compares the two and says how to refresh this file. -->

        ## Where settings come from

        From the lowest to the highest; a higher one wins:

        1. the defaults below;
        2. `repopulse.json` in the working folder, or the file that `--config FILE` names;
        3. environment variables: `REPOPULSE__Section__Key`, with two underscores for every colon;
        4. the command line: `--Section:Key=value` or `--Section:Key value`, with every command.

        ```json
        {
          "Collector": { "Repositories": ["dotnet/runtime", "dotnet/aspnetcore"], "RetentionPeriod": "30d" },
          "GitHub": { "TokensFile": "/run/secrets/github-tokens" }
        }
        ```

        ```sh
        REPOPULSE__Collector__Repositories="dotnet/runtime dotnet/aspnetcore" repopulse run --Collector:RetentionPeriod=30d
        ```

        - Names match without regard to case. An unknown one is an error, reported with the nearest known name; all errors are reported at once, and the exit
          status is 2. `repopulse check` reports them without starting anything.
        - A **list** is given by index (`--Collector:Repositories:0=a/b`, `REPOPULSE__Collector__Repositories__0`, a JSON array) or as one value with
          commas or spaces between (addresses also with semicolons); an option may be repeated. The list of a higher source replaces the whole
          list of a lower one, the default included; an empty array (`[]`, in a variable or an option too) or value is an empty list. Duplicates count once.
        - An empty value of any other setting says its default.
        - Where an unset variable would open something by an empty value, such a value is a fault: `Api:Keys`, `Api:RequestsPerMinute`, `Api:PublicBadges`,
          `Api:AllowedHosts`, `Kafka:Security:Protocol` and addresses to listen at. For no keys on purpose leave `Api:Keys` out, or say `[]`.
        - A **secret** is never shown, and has a twin `...File` that names a file to read it from, trimmed; a list of secrets stands there one a line.
          Giving both is a fault. A relative path begins at the working folder.
        - What is marked **not shown** may hold a secret beside other things; errors name its key and not its value.
        - A **duration** is written `d.hh:mm:ss` (days and fractions of a second may be left out), short (`90s`, `15m`, `36h`, `7d`, `1d12h`, `500ms`) or in
          ISO 8601 (`PT15M`, `P7D`). A number without a unit is not one.
        - What stands under **`Kafka:Security`** is passed on to the Kafka client, librdkafka, whose own names are taken too: `Kafka:Security:SaslUsername` and
          `Kafka:Security:sasl.username` both say `sasl.username`. Every property of the client's that is about security is here. A relative path begins at the
          working folder.
        - **`Kafka:Client:NAME`** passes on any other property of librdkafka by its own name, such as `Kafka:Client:socket.keepalive.enable`; those about security
          have their names there too. A property that RepoPulse's guarantees depend on, such as `acks` or `isolation.level`, is an error. Values are not shown.

        ## Settings
        """;

    public static string Render()
    {
        var text = new StringBuilder(Introduction).Append('\n');
        foreach (var section in SettingsSchema.All.GroupBy(
            setting => setting.Key[..setting.Key.IndexOf(':', StringComparison.Ordinal)], StringComparer.Ordinal))
        {
            text.Append($"\n### {section.Key}\n\n| key | form | default | allowed | meaning |\n| --- | --- | --- | --- | --- |\n");
            foreach (var setting in section)
                text.Append($"| {Keys(setting)} | {Kind(setting)} | {Default(setting)} | {Escape(setting.Allowed)} | " +
                    $"{Escape(setting.Description)} |\n");
        }

        return text.ToString();
    }

    private static string Keys(Setting setting) => setting.FileTwin is { } twin ? $"`{setting.Key}`, `{twin}`" : $"`{setting.Key}`";

    private static string Kind(Setting setting) => setting.MayHoldSecret && !setting.IsSecret ? $"{setting.Kind}, not shown" : setting.Kind;

    private static string Default(Setting setting) =>
        setting.DefaultText.Contains("none", StringComparison.Ordinal) || setting.DefaultText.StartsWith("the ", StringComparison.Ordinal)
        ? setting.DefaultText
        : $"`{setting.DefaultText}`";

    private static string Escape(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
