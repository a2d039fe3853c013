using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Signals.Testing;
using Signals.Web.Markup;

namespace Signals.Web.Tests.Dashboard;

/// <summary>How markup is put together, and that nothing from outside becomes markup.</summary>
public sealed partial class HtmlTests
{
    private const string Hostile = "\"> <script>alert(1)</script><b title='x' &amp; \u202Eevil \U0001F600 é";

    [Fact]
    public void A_value_is_encoded_in_text_and_in_quoted_attributes()
    {
        Html markup = $"""<p title="{Hostile}">{Hostile}</p>""";

        var paragraph = Assert.Single(new HtmlParser().ParseDocument(markup.ToString()).Body!.Children);
        Assert.Equal((Hostile, Hostile), (paragraph.GetAttribute("title"), paragraph.TextContent));
        Assert.Empty(paragraph.Children);
    }

    [Fact]
    public void What_readers_write_in_their_own_letters_stays_readable_in_the_source()
    {
        Html markup = $"{"é à ß 漢 \U0001F600"}";

        Assert.Equal("é à ß 漢 &#x1F600;", markup.ToString());
    }

    [Fact]
    public void Markup_within_markup_stays_as_it_is()
    {
        Html name = $"<b>{"R&D"}</b>";
        IEnumerable<Html> items = [$"<li>{name}</li>", Html.Empty, $"<li>{7}, {0.5:0.00}</li>"];

        Html list = $"<ul>{items}</ul>";

        Assert.Equal("<ul><li><b>R&amp;D</b></li>\n<li>7, 0.50</li></ul>", list.ToString());
    }

    [Fact]
    public void A_choice_and_parts_put_together_keep_what_is_there()
    {
        Html Option(bool chosen) => $"<option{Html.When(chosen, $" selected")}>";
        IEnumerable<Html> parts = [$"{1}", Html.Empty, $"{""}", $"{2}"];

        Assert.Equal("<option selected><option>", $"{Option(true)}{Option(false)}");
        Assert.Equal("1 &amp; 2", Html.Join(" & ", parts).ToString());
    }

    [Fact]
    public void It_is_empty_when_there_is_nothing_to_write()
    {
        Html nothing = $"{""}{Html.Empty}{Array.Empty<Html>()}";
        Html space = $" ";

        Assert.True(nothing.IsEmpty);
        Assert.True(default(Html).IsEmpty);
        Assert.False(space.IsEmpty);
        Assert.Equal("", default(Html).ToString());
    }

    [Fact]
    public void What_is_written_to_a_response_is_the_same_text_as_UTF_8()
    {
        Html markup = $"""<p title="{Hostile}">é{Html.Isolated(Hostile)}</p>""";
        var written = new ArrayBufferWriter<byte>();

        markup.WriteTo(written);

        Assert.Equal(markup.ToString(), Encoding.UTF8.GetString(written.WrittenSpan));
    }

    [Theory]
    [InlineData("<p title={name}>")]
    [InlineData("<p onclick=\"say('{name}')\">")]
    [InlineData("<p style=\"color: {tone}\">")]
    [InlineData("<script>let name = '{name}';</script>")]
    [InlineData("<style>p { color: {tone} }</style>")]
    public void A_position_where_encoding_does_not_help_is_recognized(string markup) => Assert.Matches(BadPosition(), markup);

    [Fact]
    public void No_page_puts_a_value_where_encoding_does_not_help()
    {
        string web = Path.Combine(Repository.Root, "functions", "Signals.Web");
        string[] files =
        [
            .. new[] { "Dashboard", "Charts" }.SelectMany(folder =>
                Directory.GetFiles(Path.Combine(web, folder), "*.cs", SearchOption.AllDirectories)
            ),
        ];

        var found = files.SelectMany(file =>
            BadPosition().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")
        );

        Assert.True(files.Length > 100);
        Assert.Empty(found);
    }

    /// <summary>An attribute without quotes, one that is a script or a style, and the text of a script or style.</summary>
    [GeneratedRegex(
        """<[a-z][^<>]*\s[a-z-]+=\{|<[^<>]*\s(on[a-z]+|style)=\\?"|<(script|style)\b[^<>]*>[^<]*\{""",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex BadPosition();
}
