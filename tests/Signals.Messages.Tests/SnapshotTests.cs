using Signals.Core.Response.Messages;

namespace Signals.Messages.Tests;

/// <summary>Every mail as it leaves. SIGNALS_UPDATE_SNAPSHOTS=1 writes the files anew; review them as you would code.</summary>
public sealed class SnapshotTests
{
    public static TheoryData<string, string> Messages() => new(EveryMail.Names);

    public static TheoryData<string, string, string> Variants() => new(EveryMail.Variants);

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_mail_with_all_that_can_be_known_reads_as_reviewed(string name, string locale)
    {
        var message = EveryMail.Full(name, locale);

        Match($"{name}.{locale}.txt", AsText(message));
        Match($"{name}.{locale}.html", message.Html);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_mail_with_as_little_as_must_be_known_reads_as_reviewed(string name, string locale) =>
        Match($"{name}.{locale}.bare.txt", AsText(EveryMail.Bare(name, locale)));

    public static TheoryData<string, string> Cards() => new(EveryMail.Cards);

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_says_the_same_inside_the_product(string name, string locale) =>
        Match($"{name}.{locale}.card.txt", AsText(EveryMail.Card(name, locale)));

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_mail_on_another_occasion_reads_as_reviewed(string name, string variant, string locale) =>
        Match($"{name}.{locale}.{variant}.txt", AsText(EveryMail.Variant(name, variant, locale)));

    private static string AsText(RenderedMessage message) => $"Subject: {message.Subject}\n\n{message.Text}";

    private static string AsText(RenderedCard card) =>
        string.Join(
            "\n",
            [
                $"Title: {card.Title}",
                .. card.Body.Select(block => $"[{block.Kind}] {block.Text}"),
                .. card.Faq.Select(faq => $"[Faq] {faq.Question} | {faq.Answer}"),
                card.Step is { } step ? $"[Step] {step.Label} -> {step.Url}\n" : "[no step]\n",
            ]
        );

    private static void Match(string file, string actual)
    {
        string path = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable("SIGNALS_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Folder());
            File.WriteAllText(path, actual);
            return;
        }
        Assert.True(File.Exists(path), $"There is no snapshot {file}: run with SIGNALS_UPDATE_SNAPSHOTS=1, read it, and commit it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    /// <summary>Where the snapshots are in the checkout. A source path would not do: deterministic builds rewrite it.</summary>
    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Signals.Messages.Tests.csproj")))
            folder = folder.Parent;
        return Path.Combine(
            folder?.FullName ?? throw new InvalidOperationException($"No test project above {AppContext.BaseDirectory}."),
            "Snapshots"
        );
    }
}
