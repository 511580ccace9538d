using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RepoPulse.Fuzzing;

/// <summary>What must hold of every input, beyond that nothing is thrown.</summary>
internal static class Invariant
{
    /// <exception cref="InvariantBrokenException">It does not hold.</exception>
    public static void Holds([DoesNotReturnIf(false)] bool condition, [CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        if (!condition)
            throw new InvariantBrokenException($"This does not hold: {what}");
    }

    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string? what = null)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvariantBrokenException($"{what} is '{actual}' in place of '{expected}'");
    }
}

/// <summary>A parser took an input for something that it is not.</summary>
internal sealed class InvariantBrokenException(string message) : Exception(message);
