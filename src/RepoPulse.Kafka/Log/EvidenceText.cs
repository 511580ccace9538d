using System.Globalization;
using RepoPulse.Core.Evidence;

namespace RepoPulse.Kafka;

/// <summary>What an event says of others, as a header has it.</summary>
internal static class EvidenceText
{
    public static string Write(EventEvidence evidence) => evidence switch
    {
        { Number: > 0 and var number } => number.ToString(CultureInfo.InvariantCulture),
        // A ref has no blanks.
        { IsPush: true } => string.Create(CultureInfo.InvariantCulture, $"{evidence.Ref} {evidence.Before:x} {evidence.Head:x}"),
        _ => evidence.Ref!,
    };

    /// <summary>Null where it is none.</summary>
    public static EventEvidence? Read(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number > 0 ? new EventEvidence { Number = number } : null;
        return text.Split(' ') switch
        {
            [{ Length: > 0 } name] => new EventEvidence { Ref = name },
            [{ Length: > 0 } name, var before, var head] when IsCommit(before, out var found) && IsCommit(head, out var left) =>
                new EventEvidence { Ref = name, Before = found, Head = left, IsPush = true },
            _ => null,
        };
    }

    private static bool IsCommit(string text, out ulong commit) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out commit);
}
