using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Events;

/// <summary>GitHub's name of one delivery of a webhook, a GUID as a rule. A delivery that is sent again keeps it.</summary>
public readonly record struct DeliveryId
{
    private readonly string? _text;

    private DeliveryId(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out DeliveryId id)
    {
        var valid = text is { Length: > 0 and <= 100 } && text.All(c => c is > ' ' and <= '~');
        id = valid ? new DeliveryId(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? "";
}
