using RepoPulse.Commands;
using Spectre.Console;

namespace RepoPulse.UnitTests.Commands;

public sealed class ConsolesTests
{
    private static readonly Dictionary<string, string> NoEnvironment = new(StringComparer.Ordinal);

    [Fact]
    public void What_goes_to_a_program_has_no_escapes_and_no_fold()
    {
        using var writer = new StringWriter();
        var line = string.Join(' ', Enumerable.Repeat("word", 500));

        Consoles.Create(writer, isRedirected: true, NoEnvironment).Write(new Text(line, new Style(Color.Red)));

        Assert.Equal(line, writer.ToString());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public void NO_COLOR_takes_the_colours_of_a_terminal_away(string value)
    {
        using var writer = new StringWriter();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NO_COLOR"] = value };

        Assert.Equal(ColorSystem.NoColors, Consoles.Create(writer, isRedirected: false, environment).Profile.Capabilities.ColorSystem);
    }
}
