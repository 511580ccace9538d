using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RepoPulse.Core.Reading;

/// <summary>Takes parts of JSON that may be missing or of any kind: what is not there, or not as expected, is nothing.</summary>
public static class JsonParts
{
    /// <summary>The value of a property; one of the kind <see cref="JsonValueKind.Undefined"/> where there is none.</summary>
    public static JsonElement Part(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            return FindAsWritten(element, name); // Another property's name is half of a surrogate pair, and ends the search.
        }
    }

    public static string? Text(this JsonElement element, string name)
    {
        var value = element.Part(name);
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair, or not UTF-8: nothing else reports it.
        }
    }

    /// <summary>A time in ISO 8601; null where the element is none.</summary>
    public static DateTimeOffset? AsTime(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : null;
        }
        catch (InvalidOperationException)
        {
            return null; // As in Text.
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

    /// <summary>
    /// Looks at the names as they are written. None that is looked for needs an escape, and unescaping the others would throw once for
    /// each.
    /// </summary>
    private static JsonElement FindAsWritten(JsonElement element, string name)
    {
        JsonElement found = default;
        foreach (var property in element.EnumerateObject())
        {
            if (Ascii.Equals(JsonMarshal.GetRawUtf8PropertyName(property), name))
                found = property.Value;
        }

        return found;
    }
}
