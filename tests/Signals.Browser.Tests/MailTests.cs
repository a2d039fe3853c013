using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Signals.Core.Platform.Languages;
using Signals.Messages.Tests;
using Signals.Testing;
using Signals.Testing.World;
using Signals.Web.Alerts;
using Signals.Web.Doctor;

namespace Signals.Browser.Tests;

/// <summary>
/// Every mail that can leave, as a mail program shows its HTML. The renderer makes them, so no app runs; where there is no Chromium the
/// tests are skipped and say so.
/// </summary>
public sealed class MailTests(LoneBrowser browser) : IClassFixture<LoneBrowser>
{
    /// <summary>What a mail shows beyond a narrow window's edge.</summary>
    private const string Beyond = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    /// <summary>Asks axe, which stands in the window, what breaks its rules in the mail that is shown.</summary>
    private const string Axe = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(violation =>
            violation.nodes.map(node => `${violation.id}: ${node.html} (${node.any.map(check => check.message).join(' ')})`))
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_mail_has_a_violation_that_axe_knows_of(ColorScheme scheme)
    {
        LongTests.OnlyIf(scheme != ColorScheme.Light);
        var page = await browser.OpenAsync(1024, scheme);
        // Another occasion or language changes words and not how they look: by night one language will do, of occasions by day.
        var mails = (await MailsAsync())
            .Where(mail => mail.IsEnglish ? mail.IsFull || scheme == ColorScheme.Light : mail.IsFull && scheme == ColorScheme.Light)
            .ToList();
        Assert.True(mails.Count >= (scheme == ColorScheme.Light ? 60 : 20), $"{mails.Count} mails");
        // Once for all mails: a page keeps its window whatever content it is given.
        await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());

        var faults = new List<string>();
        foreach (var mail in mails)
        {
            await page.SetContentAsync(mail.Html);
            faults.AddRange((await page.EvaluateAsync<string[]>(Axe)).Select(fault => $"{mail.Name}: {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task No_mail_is_wider_than_a_small_phone()
    {
        var page = await browser.OpenAsync(320, ColorScheme.Light);
        var faults = new List<string>();
        foreach (var mail in await MailsAsync())
        {
            await page.SetContentAsync(mail.Html);
            if (await page.EvaluateAsync<int>(Beyond) is > 0 and var beyond)
                faults.Add($"{mail.Name}: {beyond} px");
        }

        Assert.Empty(faults);
    }

    private static async Task<IReadOnlyList<Mail>> MailsAsync() =>
        [
            .. EveryMail.Names.Select(mail => new Mail(
                $"{mail.Name} in {mail.Locale}",
                EveryMail.Full(mail.Name, mail.Locale).Html,
                IsFull: true,
                mail.Locale == "en"
            )),
            .. EveryMail.Variants.Select(mail => new Mail(
                $"{mail.Name} in {mail.Locale}, {mail.Variant}",
                EveryMail.Variant(mail.Name, mail.Variant, mail.Locale).Html,
                IsFull: false,
                mail.Locale == "en"
            )),
            .. await Task.WhenAll(MessageLanguages.OfTeam.Select(TestMailAsync)),
        ];

    /// <summary>The doctor's test mail, which no template makes.</summary>
    private static async Task<Mail> TestMailAsync(string locale)
    {
        var sender = new RecordingEmailSender(TimeProvider.System);
        using var webhooks = new WebhookClient(new WebhookOptions(), TimeProvider.System);
        await new DoctorMessages(StoryModels.OfGroups, sender, webhooks, TimeProvider.System).MailAsync(
            "ann@nimbus.example",
            locale,
            TestContext.Current.CancellationToken
        );
        return new Mail($"test mail in {locale}", Assert.Single(sender.Left).Mail.Html, IsFull: true, locale == "en");
    }

    private sealed record Mail(string Name, string Html, bool IsFull, bool IsEnglish = false);
}
