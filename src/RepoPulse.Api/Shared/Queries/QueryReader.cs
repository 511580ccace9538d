using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api;

/// <summary>
/// Reads a request's parameters and collects every error. A value that is not understood is an error; a parameter that is not known is
/// passed over, as most servers do, since proxies and dashboards add their own.
/// </summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly List<ParameterError> _faults = [];

    public IReadOnlyList<ParameterError> Errors => _faults;

    /// <summary>The one value of a parameter.</summary>
    public T Read<T>(Parameter<T> parameter) => One(parameter.Name, parameter.Allowed, parameter.Absent, parameter.Parse);

    /// <summary>Each value of a parameter once, in its order; empty where none is named.</summary>
    public IReadOnlyList<T> Read<T>(RepeatableParameter<T> parameter)
    {
        var parsed = new List<T>();
        foreach (var text in query[parameter.Name])
        {
            if (Parse(parameter.Name, parameter.Allowed, text, parameter.Parse, out var value))
                parsed.Add(value);
        }

        return [.. parsed.Distinct().Order(parameter.Order)];
    }

    /// <summary>A position in this very list, filters included; null where the list is to start at its beginning.</summary>
    public T? Cursor<T>(FilterFingerprint filters, PositionParser<T> parse)
        where T : class => One(
            Parameters.Cursor.Name,
            "the 'next' of an answer to the same filters and sort",
            null,
            (string text, out T? position) =>
            {
                position = null;
                return Api.Cursor.TryDecode(text, filters, out var payload) && parse(payload, out position);
            });

    public void Reject(string parameter, string message) => _faults.Add(new(parameter, message));

    private T One<T>(string parameter, string allowed, T absent, ParameterParser<T> parse)
    {
        var values = query[parameter];
        if (values.Count == 0)
            return absent;
        if (values.Count > 1)
        {
            Reject(parameter, $"{parameter} is given {values.Count} times; once is allowed.");
            return absent;
        }

        return Parse(parameter, allowed, values[0], parse, out var value) ? value : absent;
    }

    private bool Parse<T>(string parameter, string allowed, string? text, ParameterParser<T> parse, out T value)
    {
        if (parse(text ?? "", out value))
            return true;
        Reject(parameter, $"{parameter} is '{Shorten(text ?? "")}'; {allowed} is allowed.");
        return false;
    }

    internal static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";

    internal delegate bool PositionParser<T>(ReadOnlySpan<byte> payload, out T? position);
}

/// <param name="Message">Names the parameter, the value and what is allowed.</param>
internal sealed record ParameterError(string Parameter, string Message);
