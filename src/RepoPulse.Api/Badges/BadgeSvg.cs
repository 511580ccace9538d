using System.Globalization;
using System.Text;
using System.Xml;

namespace RepoPulse.Api.Badges;

/// <summary>
/// A badge as a picture: flat, 20 pixels high, no script and nothing from elsewhere. It has no ids, so that several can stand in one page.
/// </summary>
internal static class BadgeSvg
{
    public const string MediaType = "image/svg+xml";

    private const string Namespace = "http://www.w3.org/2000/svg";
    private const int Padding = 6;

    /// <summary>White text stands out against each of them by 4.5 to 1 at least (WCAG 2.2, 1.4.3).</summary>
    private const string LabelColor = "#555";
    private const string KnownColor = "#0969da";
    private const string UnknownColor = "#6e7781";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
    };

    public static ReadOnlyMemory<byte> Write(Badge badge)
    {
        var label = TextWidth.Of(badge.Label);
        var message = TextWidth.Of(badge.Text);
        var (left, right) = (label + 2 * Padding, message + 2 * Padding);
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("svg", Namespace);
            xml.WriteNumber("width", left + right);
            xml.WriteNumber("height", 20);
            xml.WriteAttributeString("role", "img");
            xml.WriteAttributeString("aria-label", $"{badge.Label}: {badge.Text}");
            xml.WriteElementString("title", Namespace, $"{badge.Label}: {badge.Text}");
            WriteHalf(xml, LabelColor, FormattableString.Invariant($"M{left} 0v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"));
            WriteHalf(xml, badge.IsKnown ? KnownColor : UnknownColor, FormattableString.Invariant(
                $"M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z"));
            xml.WriteStartElement("g", Namespace);
            xml.WriteAttributeString("fill", "#fff");
            xml.WriteAttributeString("font-family", "Verdana,Geneva,DejaVu Sans,sans-serif");
            xml.WriteNumber("font-size", 11);
            WriteText(xml, badge.Label, Padding, label);
            WriteText(xml, badge.Text, left + Padding, message);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void WriteHalf(XmlWriter xml, string color, string outline)
    {
        xml.WriteStartElement("path", Namespace);
        xml.WriteAttributeString("fill", color);
        xml.WriteAttributeString("d", outline);
        xml.WriteEndElement();
    }

    /// <summary>The length is said, so that the text fits in any font.</summary>
    private static void WriteText(XmlWriter xml, string text, int x, int length)
    {
        xml.WriteStartElement("text", Namespace);
        xml.WriteNumber("x", x);
        xml.WriteNumber("y", 14);
        xml.WriteNumber("textLength", length);
        xml.WriteString(text);
        xml.WriteEndElement();
    }

    private static void WriteNumber(this XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
}
