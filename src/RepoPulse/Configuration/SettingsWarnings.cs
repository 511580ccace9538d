using System.Globalization;
using RepoPulse.Hosting;

namespace RepoPulse.Configuration;

/// <summary>What is allowed, and hardly meant.</summary>
internal static class SettingsWarnings
{
    private const int ShortSecret = 16;

    /// <param name="role">Whose settings count; <see cref="Role.None"/> for all of them.</param>
    public static IEnumerable<string> Of(RepoPulseSettings settings, Role role)
    {
        var shortKeys = settings.Api.Keys.Count(key => key.Length < ShortSecret);
        if (shortKeys > 0 && (role == Role.None || role.HasFlag(Role.Serve)))
            yield return string.Create(CultureInfo.InvariantCulture, $"Api:Keys: {shortKeys} of {settings.Api.Keys.Count} keys {Short}");
        if (settings.HasWebhooks && settings.Webhooks.Secret.Length < ShortSecret && (role == Role.None || role.HasFlag(Role.Collect)))
            yield return $"Webhooks:Secret: the secret {Short}";
    }

    private static string Short { get; } =
        string.Create(
            CultureInfo.InvariantCulture,
            $"shorter than {ShortSecret} characters can be guessed; `openssl rand -hex 32` makes a better one");
}
