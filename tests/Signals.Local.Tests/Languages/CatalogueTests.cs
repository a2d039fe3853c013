using System.Text.RegularExpressions;
using Signals.Core.Platform.Languages;

namespace Signals.Local.Tests.Languages;

/// <summary>What the code says, every language says: no text without its words, and no words without a text.</summary>
public sealed partial class CatalogueTests
{
    private static readonly Lazy<TextsOfTheCode> Code = new(TextsOfTheCode.OfRepository);

    public static TheoryData<string> Translated => [.. Language.Codes.Where(code => code != Language.English.Code)];

    [Fact]
    public void Every_text_is_written_where_it_is_said() => AssertNone(Code.Value.Faults);

    [Theory]
    [MemberData(nameof(Translated))]
    public void Every_text_is_in_the_catalogue(string code)
    {
        var language = Language.Of(code);
        var missing = Code
            .Value.All.Where(text => (language.IsForTeam || IsReadByCustomers(text)) && Letters().IsMatch(Holes().Replace(text.Key, "")))
            .Where(text => !language.Texts.ContainsKey(text.Key))
            .Select(text => $"{text.File}:{text.Line}: \"{text.Key}\"");
        AssertNone(missing);
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void Nothing_is_in_the_catalogue_that_is_not_said(string code)
    {
        var said = Code.Value.All.Select(text => text.Key).ToHashSet(StringComparer.Ordinal);
        AssertNone(Language.Of(code).Texts.Keys.Where(key => !said.Contains(key)));
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void What_is_in_the_holes_is_said_in_every_form(string code)
    {
        var wrong = Language
            .Of(code)
            .Texts.SelectMany(text => text.Value.Select(words => (text.Key, Words: words)))
            .Where(text => string.IsNullOrWhiteSpace(text.Words) || !HolesOf(text.Words).SetEquals(HolesOf(text.Key)))
            .Select(text => $"\"{text.Key}\": \"{text.Words}\"");
        AssertNone(wrong);
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void What_is_counted_has_a_form_for_each_category(string code)
    {
        var language = Language.Of(code);
        int categories = language.PluralCategories.Count;
        var counted = Code.Value.All.Where(text => text.One is not null).Select(text => text.Key).ToHashSet(StringComparer.Ordinal);
        var wrong = language
            .Texts.Where(text => text.Value.Length != (counted.Contains(text.Key) ? categories : 1))
            .Select(text => $"\"{text.Key}\" has {text.Value.Length} forms");
        AssertNone(wrong);
    }

    [Fact]
    public void What_is_said_of_one_and_of_many_has_the_same_holes_and_goes_together_everywhere()
    {
        var counted = Code.Value.All.Where(text => text.One is not null).ToList();
        Assert.NotEmpty(counted);
        Assert.DoesNotContain(counted, text => !HolesOf(text.One!).SetEquals(HolesOf(text.Key)));
        Assert.DoesNotContain(counted.GroupBy(text => text.Key), texts => texts.Select(text => text.One).Distinct().Count() > 1);
    }

    [Fact]
    public void A_text_that_is_counted_is_counted_everywhere() =>
        AssertNone(
            Code.Value.All.GroupBy(text => text.Key)
                .Where(texts => texts.Any(text => text.One is null) && texts.Any(text => text.One is not null))
                .SelectMany(texts => texts.Select(text => $"{text.File}:{text.Line}: \"{text.Key}\""))
        );

    [Fact]
    public void Texts_are_found_in_every_way_of_saying_them()
    {
        var texts = TextsOfTheCode.Of(
            """
            using Signals.Core.Platform.Languages;
            class Sample
            {
                Phrase Topic { get; } = Phrase.Of("a topic");
                string Say([English] string english) => english;
                void Talk(bool late, int days, string name)
                {
                    Say("plain" + " and joined");
                    Say(late ? "late" : "early");
                    Say(days switch { 1 => "first", _ => throw new System.Exception() });
                    Phrase.Of($"{days} of {name}" + $", {late.ToString()}");
                    Phrase.Counted(days, $"{days} day", $"{days} days");
                }
            }
            """
        );
        Assert.Empty(texts.Faults);
        Assert.Equal(
            ["a topic", "plain and joined", "late", "early", "first", "{0} of {1}, {2}", "{0} days"],
            texts.All.Where(text => text.File == "Sample.cs").Select(text => text.Key)
        );
        Assert.Equal("Topic", texts.All.Single(text => text.Key == "a topic").Member);
        Assert.Equal("{0} day", texts.All.Single(text => text.Key == "{0} days").One);
    }

    [Theory]
    [InlineData("Say(name);")]
    [InlineData("Say(late ? name : \"early\");")]
    [InlineData("Say(\"late since \" + name);")]
    [InlineData("Say(late ? $\"late since {name}\" : \"early\");")]
    public void What_nobody_could_look_up_is_a_fault(string statement)
    {
        var texts = TextsOfTheCode.Of(
            $$"""
            using Signals.Core.Platform.Languages;
            class Sample
            {
                string Say([English] string english) => english;
                void Talk(bool late, string name)
                {
                    {{statement}}
                }
            }
            """
        );
        Assert.StartsWith("Sample.cs:7: no text that is written there", Assert.Single(texts.Faults), StringComparison.Ordinal);
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    /// <summary>What customers read outside the templates: the unsubscribe page, the topics it names, and previews of their mails.</summary>
    private static bool IsReadByCustomers(CodeText text) =>
        text.File.StartsWith("functions/Signals.Web/Unsubscribe/", StringComparison.Ordinal)
        || text.File.StartsWith("functions/Signals.Web/Addresses/", StringComparison.Ordinal)
        || text.File.EndsWith("/PreviewVariables.cs", StringComparison.Ordinal)
        || (text.Member == "Topic" && text.File.Contains("/Causes/", StringComparison.Ordinal));

    private static HashSet<string> HolesOf(string text) =>
        Holes().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, 1000)]
    private static partial Regex Holes();

    [GeneratedRegex(@"\p{L}", RegexOptions.None, 1000)]
    private static partial Regex Letters();
}
