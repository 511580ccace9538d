using System.Text;

namespace RepoPulse.Fuzzing.Generation;

/// <summary>What has broken parsers before, as text and as JSON.</summary>
internal static class Tokens
{
    public static IReadOnlyList<byte[]> Numbers { get; } = Utf8(
        "0", "-0", "-1", "1", "1e999", "-1e999", "1e-999", "0.1", "00", "+1", "2147483647", "2147483648", "-2147483649", "4294967296",
        "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "253402300799", "253402300800",
        "300000000000000000", "NaN", "Infinity", new string('9', 400), "0x7f", "1_000", "\u0661");

    public static IReadOnlyList<byte[]> Text { get; } =
    [
        .. Utf8(
            "", "\0", "\n", "\r\n", "\t", " ", "\"", "\\", "\\u0000", "\\ud83d", "\\ud83d\\ude00", "{", "}", "[", "]", ":", ",", ";",
            "=", "&", "%", "%00", "%zz", "%ff", "/", "..",
            "../../etc/passwd", "*", "?", "#", "<", ">", "'", "'; DROP TABLE event; --", "<script>", "\ufeff", "\u2028", "\u00e9",
            "e\u0301", "\ud83d\ude00", "\u202e", "null", "true",
            "2026-11-23T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:60-23:59", "0001-01-01T00:00:00+14:00",
            "2026-02-29T00:00:00Z", "2012/03/10 12:34:56 -0800",
            "octo/cat", "OCTO/CAT", "a/b/c", "PushEvent", "PT1H", "P99999W", "7.00:00:00", "99999999.23:59:59.9999999",
            "http://[::1]:80/", "//", "http://", "file:///dev/null"),
        [0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0xff, 0xfe], [0x1f, 0x8b, 8],
    ];

    /// <summary>Values of JSON in place of which another kind, or a lesser extreme, was expected.</summary>
    public static IReadOnlyList<byte[]> JsonValues { get; } =
    [
        .. Utf8(
            "null", "true", "false", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "[]",
            "{}", "[[]]", "[null]", "[{}]", "[1,\"a\"]",
            "{\"\":1}", "{\"\\ud800\":1}", "{\"id\":1,\"id\":2}", "{\"name\":null}", "\"9999-12-31T23:59:59.9999999Z\"",
            "\"0001-01-01T00:00:00+14:00\"",
            "\"9999-12-31T23:59:60-23:59\"", "\"2026-11-23T00:00:00\"", "\"2012/03/10 12:34:56 -0800\"", "\"octo/cat\"", "\"/\"",
            "\"a/..\"", "\"PushEvent\"", "\"x\\ny\"", "\"\\u0041\"",
            "\"-1\"", "\"9223372036854775808\"", "\"00:00:01\"", "\"10675199.02:48:05.4775807\"", "\"AAAA\"", "\"=cmd\""),
        .. Numbers,
    ];

    public static IReadOnlyList<byte[]> Names { get; } = Utf8(
        "", "id", "name", "type", "repo", "repository", "actor", "payload", "created_at", "owner", "login", "message", "\\ud800",
        "\\u0069d", "ID", "$type", "__proto__", new string('n', 300));

    public static byte[][] Utf8(params IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
