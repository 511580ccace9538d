namespace RepoPulse.Api.Badges;

/// <summary>How wide a text is, in pixels, in Verdana of 11 pixels: no font is at hand where badges are drawn.</summary>
internal static class TextWidth
{
    /// <summary>Where the table ends: as wide as an average capital.</summary>
    private const int OtherTenths = 80;

    /// <summary>Tenths of a pixel, from the space to the tilde.</summary>
    private static readonly byte[] Tenths =
    [
        39, 43, 51, 90, 70, 118, 80, 30, 50, 50, 70, 90, 40, 50, 40, 50, //  !"#$%&'()*+,-./
        70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 50, 50, 90, 90, 90, 60, // 0123456789:;<=>?
        110, 75, 75, 77, 85, 70, 63, 85, 83, 46, 50, 76, 61, 93, 82, 87, // @ABCDEFGHIJKLMNO
        66, 87, 76, 75, 68, 81, 75, 109, 75, 68, 75, 50, 50, 50, 90, 70, // PQRSTUVWXYZ[\]^_
        70, 66, 69, 57, 69, 66, 39, 69, 70, 30, 38, 65, 30, 107, 70, 67, // `abcdefghijklmno
        69, 69, 47, 57, 43, 70, 65, 90, 65, 65, 58, 70, 50, 70, 90, // pqrstuvwxyz{|}~
    ];

    public static int Of(string text)
    {
        var tenths = 0;
        foreach (var rune in text.EnumerateRunes())
            tenths += rune.Value - ' ' is >= 0 and var i && i < Tenths.Length ? Tenths[i] : OtherTenths;
        return (tenths + 9) / 10;
    }
}
