using Signals.Core.Outreach;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;

namespace Signals.Messages.Tests;

/// <summary>Every mail as it leaves. SIGNALS_UPDATE_SNAPSHOTS=1 writes the files anew; review them as you would code.</summary>
public sealed class SnapshotTests
{
    private static readonly HandlebarsMessageRenderer Renderer = new(TemplateSource.Embedded, ["en", "fr"]);

    public static TheoryData<string, string> Messages()
    {
        var data = new TheoryData<string, string>();
        foreach (string name in TemplateNames.BuiltIn)
        {
            data.Add(name, "en");
            data.Add(name, "fr");
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_mail_with_all_that_can_be_known_reads_as_reviewed(string name, string locale)
    {
        var message = Renderer.Render(name, locale, Variables.For(name, locale));

        Match($"{name}.{locale}.txt", AsText(message));
        Match($"{name}.{locale}.html", message.Html);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_mail_with_as_little_as_must_be_known_reads_as_reviewed(string name, string locale)
    {
        var message = Renderer.Render(name, locale, Variables.Bare(name) with { AccountId = "acme", RiskLevel = "critical" });

        Match($"{name}.{locale}.bare.txt", AsText(message));
    }

    private static string AsText(RenderedMessage message) => $"Subject: {message.Subject}\n\n{message.Text}";

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
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException($"No test project above {AppContext.BaseDirectory}."), "Snapshots");
    }
}
