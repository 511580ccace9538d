using System.Globalization;
using RepoPulse.GitHub;

namespace RepoPulse.Configuration;

/// <summary>The forms of what a GitHub App is known by.</summary>
internal static class CredentialFormats
{
    /// <summary>A number, or a client id such as <c>Iv23liABCDEF</c>.</summary>
    public static ValueFormat<string?> AppId { get; } = new(
        "text",
        "the App's id or client id: letters, digits and dots",
        (string text, out string? value) =>
        {
            value = text;
            return text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? null : "is not the id of an App";
        },
        text => text ?? "none");

    public static ValueFormat<long?> InstallationId { get; } = new(
        "integer",
        "a positive number",
        (string text, out long? value) =>
        {
            var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            value = isNumber ? number : null;
            return isNumber ? null : "is not the id of an installation";
        },
        id => id?.ToString(CultureInfo.InvariantCulture) ?? "none");

    /// <summary>Read from the file that the key names.</summary>
    public static ValueFormat<AppPrivateKey?> PrivateKey { get; } = new(
        "path",
        "the path of the PEM file that GitHub gave out for the App (RSA, PKCS#1 or PKCS#8)",
        (string text, out AppPrivateKey? key) =>
        {
            key = AppPrivateKey.TryRead(text, out var problem);
            return problem;
        },
        _ => "none");
}
