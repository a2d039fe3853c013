using System.Globalization;
using System.Text;
using Signals.Core.Model;
using Signals.Core.Response.Messages;
using Signals.Messages.Lint;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;
using Signals.Testing;
using Signals.Testing.Hostile;

namespace Signals.Messages.Tests;

/// <summary>
/// A team's own template, bent in every way: what the lint takes renders, what it refuses it says why, and nothing fails otherwise. By
/// seeds, as <c>SIGNALS_FUZZ_SEED</c> plays again.
/// </summary>
public sealed class TemplateFuzzTests : IDisposable
{
    private const string Name = CauseIds.OnboardingStalled;

    private readonly string _folder = Directory.CreateTempSubdirectory("signals-fuzz-").FullName;

    [Fact]
    public void No_template_breaks_the_lint_and_none_that_it_takes_breaks_a_mail()
    {
        byte[] whole = Encoding.UTF8.GetBytes(TemplateSource.Embedded.Find(Name, "en")!.Content);
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "en")).FullName, Name + ".hbs");
        int[] seeds = int.TryParse(Environment.GetEnvironmentVariable("SIGNALS_FUZZ_SEED"), NumberStyles.None, null, out int asked)
            ? [asked]
            : [.. Enumerable.Range(1, LongTests.Samples(few: 60, many: 600, most: 100_000))];
        int rendered = 0;
        foreach (int seed in seeds)
        {
            File.WriteAllBytes(file, new HostileGrammar(seed).Bent(whole));
            try
            {
                var source = TemplateSource.WithFolder(_folder);
                if (MessageLint.Check(source, [Name], ["en"]).Count > 0)
                    continue;
                var mail = new HandlebarsMessageRenderer(source, ["en"]).Render(Name, "en", Variables.Full(Name));
                Assert.NotEqual("", mail.Subject);
                rendered++;
            }
            catch (TemplateException)
            {
                // Refused when it was read, in words.
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Seed {seed}: {fault}\n{File.ReadAllText(file)}");
            }
        }
        Assert.True(rendered > 0 || seeds.Length == 1, "Every one was refused, which tries nothing behind the lint.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
