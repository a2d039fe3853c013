using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Letters;
using Signals.Core.Response.Mail;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Team;

/// <summary>A host whose mails are kept, and a team that comes in by them.</summary>
public abstract partial class TeamPages : IAsyncLifetime
{
    protected TeamPages() => Host = new SignalsHost { Configure = services => services.AddSingleton<IEmailSender>(Mails) };

    protected SignalsHost Host { get; }

    protected KeptMails Mails { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync() => Host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Host.DisposeAsync();
    }

    /// <summary>Invites somebody as an admin who came by the printed link.</summary>
    protected async Task InviteAsync(string name, string address, string role = "manager", string csm = "", string language = "en")
    {
        var admin = await DashboardBrowser.SignedInAsync(Host);
        var page = await admin.OpenAsync("/team");
        var after = await admin.SubmitAsync(
            page.QuerySelector("form[action='/team/invite']"),
            ("name", name),
            ("address", address),
            ("role", role),
            ("language", language),
            ("csm", csm)
        );
        Assert.Contains(name, after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Invites somebody, and opens a browser with the mail's link.</summary>
    protected async Task<DashboardBrowser> ComeInAsync(string name, string address, string role = "manager", string csm = "")
    {
        await InviteAsync(name, address, role, csm);
        return await OpenMailAsync(Mails.Last(address));
    }

    /// <summary>A browser that opened a mail's link and pressed the button there.</summary>
    protected async Task<DashboardBrowser> OpenMailAsync(EmailMessage mail)
    {
        var browser = new DashboardBrowser(Host);
        var page = await browser.OpenAsync(LinkIn(mail));
        using var response = await browser.PostAsync(page.QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return browser;
    }

    /// <summary>The path of the sign-in link in a mail.</summary>
    protected static string LinkIn(EmailMessage mail) => SignInLink().Match(mail.Text).Value;

    /// <summary>Asks for a link on the sign-in page that stands where a page was asked for.</summary>
    protected async Task<string> AskAsync(string address, string path = "/")
    {
        var browser = new DashboardBrowser(Host);
        using var asked = await browser.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        var form = (await DashboardBrowser.ReadAsync(asked)).QuerySelector("form[action='/signin/mail']");
        using var response = await browser.PostAsync(form, ("address", address));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Host.Services.GetRequiredService<SignInMailer>().IdleAsync();
        return (await DashboardBrowser.ReadAsync(response)).QuerySelector("main")!.TextContent;
    }

    /// <summary>Lets the letters that wait leave.</summary>
    protected async Task PostLettersAsync()
    {
        Host.Clock.Advance(LetterBox.Wait);
        await Host.Services.GetRequiredService<LetterBox>().SendDueAsync(Cancel);
    }

    protected async Task<IReadOnlyList<AuditEntry>> AuditAsync() =>
        (await Host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 50, Cancel)).Entries;

    [GeneratedRegex("/signin\\?token=su_[0-9a-f]{32}_[A-Za-z0-9_-]{43}", RegexOptions.NonBacktracking)]
    private static partial Regex SignInLink();

    /// <summary>A provider that shows the mails it took: every one, unless it is told otherwise.</summary>
    protected sealed class KeptMails : IEmailSender
    {
        private readonly ConcurrentQueue<EmailMessage> _mails = new();

        public bool IsIdempotent => true;

        /// <summary>What becomes of every mail.</summary>
        public SendOutcome Outcome { get; set; } = new(SendStatus.Accepted);

        public IReadOnlyList<EmailMessage> All => [.. _mails];

        public EmailMessage Last(string to) => _mails.Last(mail => mail.To.Address == to);

        public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
        {
            if (Outcome.Status == SendStatus.Accepted)
                _mails.Enqueue(message);
            return Task.FromResult(Outcome);
        }
    }
}
