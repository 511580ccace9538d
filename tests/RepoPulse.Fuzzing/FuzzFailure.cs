using System.Diagnostics;
using System.Text;

namespace RepoPulse.Fuzzing;

/// <summary>An input that a target failed on.</summary>
internal sealed record FuzzFailure(string Target, int Seed, long Index, byte[] Input, Exception Exception)
{
    private const int MaxShown = 2_000;

    /// <summary>Where two exceptions come from the same place for the same reason, they are of one kind.</summary>
    public static string KindOf(Exception e)
    {
        var frames = new StackTrace(e).GetFrames().Select(frame => frame.GetMethod()).Where(method => method?.DeclaringType is not null);
        var places = frames.Select(method => $"{method!.DeclaringType!.FullName}.{method.Name}")
            .Where(place => place.StartsWith("RepoPulse.", StringComparison.Ordinal))
            .Take(3);
        return e is InvariantBrokenException
            ? string.Join('<', places) + e.Message[..Math.Min(60, e.Message.Length)]
            : $"{e.GetType()} {string.Join('<', places)}";
    }

    /// <summary>Everything that is needed to see it again.</summary>
    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(Input.AsSpan(0, Math.Min(Input.Length, MaxShown)));
        var shown = string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? '\u00b7' : c));
        return $"""
            {Target} fails on input {Index} of seed {Seed} ({Input.Length} bytes):
            {shown}

            {Exception}

            Again: --target {Target} --repeat {Convert.ToBase64String(Input)}
            or, with what went before it: --target {Target} --seed {Seed} --inputs {Index + 1}
            """;
    }
}
