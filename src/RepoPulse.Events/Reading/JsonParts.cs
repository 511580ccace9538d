using System.Globalization;
using System.Text.Json;

namespace RepoPulse.Events.Reading;

/// <summary>Takes parts of JSON that may be missing or of any kind: what is not there, or not as expected, is nothing.</summary>
public static class JsonParts
{
    /// <summary>The value of a property; one of the kind <see cref="JsonValueKind.Undefined"/> where there is none.</summary>
    public static JsonElement Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement element, string name)
    {
        var value = element.Part(name);
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair: nothing else tells of it.
        }
    }

    /// <summary>A whole number in decimal digits, written as a number or as a string.</summary>
    public static string? Number(this JsonElement element, string name)
    {
        var value = element.Part(name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
            return number.ToString(CultureInfo.InvariantCulture);
        return long.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
