using System.Text.RegularExpressions;
using Signals.Testing;

namespace Signals.Messages.Tests;

/// <summary>
/// Words that readers stumbled over, translated rather than written, in any form: none stands in what people read, be it a template, a
/// catalogue or a sample's own texts.
/// </summary>
public sealed partial class WordsTests
{
    [Fact]
    public void None_of_the_words_that_readers_stumbled_over_is_left()
    {
        var found = new List<string>();
        foreach (string path in Texts())
        {
            string text = File.ReadAllText(path).Replace('\u00a0', ' ').Replace('\'', '’');
            found.AddRange(Stumbling().Matches(text).Select(match => $"{Path.GetRelativePath(Repository.Root, path)}: {match.Value}"));
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("Ce que vous payez vous apporte moins que cela ne devrait.")]
    [InlineData("plus souvent que cela ne le devrait")]
    [InlineData("Nimbus rendait de vrais services, et bien moins ces temps-ci.")]
    [InlineData("Notre équipe vous avouera franchement ce qu’il en est.")]
    [InlineData("La fin, sans questions")]
    [InlineData("Le merci reste entier.")]
    [InlineData("L’aide de Nimbus")]
    [InlineData("Answering this mail is enough.")]
    [InlineData("Just answer this e-mail.")]
    [InlineData("An end, without questions")]
    [InlineData("subject: Thank you")]
    [InlineData("subject: Merci !")]
    [InlineData("11 accounts pay for Automations, who pay 4,589 USD a month.")]
    [InlineData("sur 3 personnes, 0 a un jour obtenu 15 minutes")]
    [InlineData("\"sur {1}, {0} a un jour obtenu {2}\"")]
    [InlineData("quelque chose vous a fait obstacle bien trop souvent")]
    [InlineData("Dans les deux cas, une personne s’en occupera.")]
    [InlineData("The free seats in your Nimbus plan")]
    [InlineData("Your trial ends on 14 March: still time enough for this step.")]
    [InlineData("If you need longer to judge, reply “more time”.")]
    [InlineData("{{senderName}} will read it personally")]
    public void Their_forms_are_known(string text) => Assert.Matches(Stumbling(), text);

    [Theory]
    [InlineData("{{product}} vous apporte moins qu’il ne devrait.")]
    [InlineData("Rien de tout cela ne devrait vous en éloigner.")]
    [InlineData("subject: Thank you for your words about Nimbus")]
    [InlineData("Reply to this email and a person will read it.")]
    [InlineData("Réponse du support : merci.")]
    [InlineData("Il reste des places libres dans votre formule.")]
    [InlineData("C’est à une personne de prendre la suite.")]
    [InlineData("{{senderName}}")]
    public void Words_that_only_look_like_them_are_fine(string text) => Assert.DoesNotMatch(Stumbling(), text);

    private static IEnumerable<string> Texts() =>
        Files("functions/Signals.Messages/Templates", "*.hbs")
            .Concat(Files("functions/Signals.Core/Platform/Languages/Catalogues", "*.json"))
            .Concat(Files("samples", "*.json"));

    private static string[] Files(string folder, string pattern)
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return files;
    }

    [GeneratedRegex(
        """
            que\ cela\ ne\ (le\ )?(devrait|devraient|devait|doit)
            | services,\ et\ (bien|beaucoup)\ moins
            | \bavou(e|er|era|erai|erons|eront|ons)\b\ .{0,12}franchement
            | \bla\ fin,\ sans\ questions?\b
            | \ble\ merci\ reste\b
            | \bl’aide\ de\ (nimbus|\{\{product\}\})
            | \banswer(s|ed|ing)?\ (to\ )?this\ (e-?)?mail\b
            | \ban\ end,\ without\ questions?\b
            | ^subject:\ (thank\ you|thanks|merci|danke)\s*[.!]?\s*$
            | ,\ who\ pay\b
            | \bsur\ [^,]{1,30},\ (0|\{0\})\ a\ un\ jour\b
            | \bfait\ obstacle\b
            | \bune\ personne\ (le\ fera|le\ réglera|s’en\ occupera|trouvera|vous\ (aidera|dira|lira))\b
            | \bfree\ seats?\b
            | \btime\ enough\b
            | \blonger\ to\ judge\b
            | \{\{senderName\}\}\ (will\ read|vous\ lira|liest)\b
            """,
        RegexOptions.IgnoreCase
            | RegexOptions.Multiline
            | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture
            | RegexOptions.IgnorePatternWhitespace,
        1000
    )]
    private static partial Regex Stumbling();
}
