using Microsoft.Extensions.Logging;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Letters;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Mails links that let people of the team in. Who asks is answered before anything is looked up, so that neither the words nor the time of
/// the answer tell whether an address is known.
/// </summary>
internal sealed partial class SignInMailer(
    TeamUsers users,
    MailedLinks links,
    LetterPost post,
    PublicAddress ourAddress,
    ValueModel model,
    ILogger<SignInMailer> logger
)
{
    /// <summary>Requests that are worked on at once; more are dropped, and asked again by who waits for the mail.</summary>
    private const int MaxPending = 20;

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _pending = [];

    /// <summary>Mails a link to an address, if it is one of the team's. Returns at once.</summary>
    public void Ask(string address, string returnTo)
    {
        lock (_gate)
        {
            if (_pending.Count >= MaxPending)
            {
                LogDropped(logger);
                return;
            }
            var work = Task.Run(() => SendAsync(address, returnTo));
            _pending.Add(work);
            _ = work.ContinueWith(
                done =>
                {
                    lock (_gate)
                        _pending.Remove(done);
                },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            );
        }
    }

    /// <summary>Ends once everything that was asked for was done.</summary>
    public Task IdleAsync()
    {
        lock (_gate)
            return Task.WhenAll(_pending);
    }

    /// <summary>Mails an invitation with a link; false where the provider did not take it.</summary>
    public async Task<bool> InviteAsync(TeamUser user, Phrase by, CancellationToken cancellationToken)
    {
        if (await links.CreateAsync(user, "/", MailedLinks.InvitedLife, cancellationToken) is not { } path)
            return false;
        string locale = user.Language ?? model.TeamLocale;
        var product = Phrase.Same(model.Product);
        var words = new MessageLetter(
            Phrase.Of($"Your access to Signals for {product}").In(locale),
            [
                Phrase.Of($"Hello {Phrase.Same(user.Name)},").In(locale),
                Phrase.Of($"{by} invited you to Signals, where the team looks after the customers of {product}.").In(locale),
            ],
            "",
            Phrase.Of("Open Signals").In(locale),
            ourAddress.Url + path,
            Phrase
                .Of($"The link works once, for {MailedLinks.InvitedLife.Days} days. Later, ask for another on the sign-in page.")
                .In(locale),
            WhyOf(locale)
        );
        return await PostAsync(user, path, words, cancellationToken);
    }

    private async Task SendAsync(string address, string returnTo)
    {
        try
        {
            if (await users.FindAsync(address, CancellationToken.None) is not { IsActive: true } user)
                return;
            if (await links.CreateAsync(user, returnTo, MailedLinks.AskedLife, CancellationToken.None) is not { } path)
            {
                LogTooMany(logger, user.Id);
                return;
            }
            string locale = user.Language ?? model.TeamLocale;
            var words = new MessageLetter(
                Phrase.Of($"Sign in to Signals for {Phrase.Same(model.Product)}").In(locale),
                [Phrase.Of($"Hello {Phrase.Same(user.Name)},").In(locale), Phrase.Of("here is the link that you asked for.").In(locale)],
                "",
                Phrase.Of("mail|Sign in").In(locale),
                ourAddress.Url + path,
                Phrase
                    .Of(
                        $"It works once, for {(int)MailedLinks.AskedLife.TotalMinutes} minutes. "
                            + $"If you did not ask for it, do nothing: nobody came in."
                    )
                    .In(locale),
                WhyOf(locale)
            );
            await PostAsync(user, path, words, CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault);
        }
    }

    /// <summary>Mails a link; one whose mail cannot have left ends, so that it keeps nobody from asking for another.</summary>
    private async Task<bool> PostAsync(TeamUser user, string path, MessageLetter words, CancellationToken cancellationToken)
    {
        var letter = new TeamLetter(user.Address, user.Language ?? model.TeamLocale, words);
        bool mayHaveLeft = false;
        try
        {
            var outcome = await post.SendToOwnerAsync(LetterPost.NewId(), letter, cancellationToken);
            mayHaveLeft = outcome.Status is SendStatus.Accepted or SendStatus.Unknown;
            if (!mayHaveLeft)
                LogRefused(logger, user.Id, outcome.Status, outcome.Detail ?? "");
            return mayHaveLeft;
        }
        finally
        {
            if (!mayHaveLeft)
                await links.TakeBackAsync(path, CancellationToken.None);
        }
    }

    private static string WhyOf(string locale) =>
        Phrase.Of("Signals sends this to people of the team who have access. It is for you alone: do not pass it on.").In(locale);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Too many sign-in links are asked for at once; one request was dropped.")]
    private static partial void LogDropped(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {User} has as many sign-in links waiting as may be; none was mailed.")]
    private static partial void LogTooMany(ILogger logger, string user);

    [LoggerMessage(Level = LogLevel.Error, Message = "A sign-in link could not be mailed.")]
    private static partial void LogFailed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail to user {User} was not taken: {Status} {Detail}")]
    private static partial void LogRefused(ILogger logger, string user, SendStatus status, string detail);
}
