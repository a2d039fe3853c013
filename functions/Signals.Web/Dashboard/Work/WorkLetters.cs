using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Letters;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Work;

/// <summary>
/// What colleagues are told by mail about each other's work, each in their own language. The letters wait while it can be undone.
/// </summary>
internal sealed class WorkLetters(LetterBox box, PublicAddress ourAddress, ValueModel model)
{
    private const int MaxQuoteChars = 600;

    /// <summary>Tells those whom a note mentions, but for its writer; returns the letters' keys.</summary>
    public async Task<IReadOnlyList<string>> MentionAsync(
        AccountOfWork account,
        Writer by,
        string text,
        IEnumerable<TeamUser> mentioned,
        CancellationToken cancellationToken
    )
    {
        var keys = new List<string>();
        foreach (var user in mentioned.Where(user => !by.Is(user.Address)))
        {
            string locale = LocaleOf(user);
            var name = Phrase.Same(account.Name);
            var words = new MessageLetter(
                Phrase.Of($"{by.Name} mentioned you: {name}").In(locale),
                [
                    Phrase.Of($"Hello {Phrase.Same(user.Name)},").In(locale),
                    Phrase.Of($"{by.Name} wrote a note about {name}, and you are in it.").In(locale),
                ],
                Excerpt.Of(text, MaxQuoteChars),
                Phrase.Of($"Open {name}").In(locale),
                AddressOf(account) + "#notes",
                "",
                Phrase.Of("You get this because a colleague mentioned you in Signals.").In(locale)
            );
            keys.Add(await box.PutAsync(new TeamLetter(user.Address, locale, words, account.Key), cancellationToken));
        }
        return keys;
    }

    /// <summary>Tells a colleague that an account is now theirs to see to; nothing where they handed it to themselves.</summary>
    public async Task<IReadOnlyList<string>> HandAsync(
        IReadOnlyList<AccountOfWork> accounts,
        Writer by,
        TeamUser to,
        string text,
        CancellationToken cancellationToken
    )
    {
        if (by.Is(to.Address) || accounts.Count == 0)
            return [];
        string locale = LocaleOf(to);
        var first = accounts[0];
        bool isOne = accounts.Count == 1;
        string subject = isOne
            ? Phrase.Of($"{by.Name} handed you {Phrase.Same(first.Name)}").In(locale)
            : Phrase.Of($"{by.Name} handed you {Format.Count(accounts.Count, "{0} account", "{0} accounts")}").In(locale);
        string[] names = isOne ? [] : [string.Join(", ", accounts.Take(20).Select(account => account.Name))];
        var words = new MessageLetter(
            subject,
            [
                Phrase.Of($"Hello {Phrase.Same(to.Name)},").In(locale),
                isOne
                    ? Phrase.Of($"{by.Name} asks you to see to {Phrase.Same(first.Name)}.").In(locale)
                    : Phrase.Of($"{by.Name} asks you to see to these accounts:").In(locale),
                .. names,
            ],
            Excerpt.Of(text, MaxQuoteChars),
            isOne ? Phrase.Of($"Open {Phrase.Same(first.Name)}").In(locale) : Phrase.Of("Open Today").In(locale),
            isOne ? AddressOf(first) : ourAddress.Url + "/",
            "",
            Phrase.Of("You get this because a colleague handed you work in Signals.").In(locale)
        );
        return [await box.PutAsync(new TeamLetter(to.Address, locale, words, isOne ? first.Key : ""), cancellationToken)];
    }

    /// <summary>Tells a colleague of a next step that somebody else wrote for them.</summary>
    public async Task<IReadOnlyList<string>> StepAsync(
        AccountOfWork account,
        Writer by,
        TeamUser to,
        string text,
        DateOnly due,
        CancellationToken cancellationToken
    )
    {
        if (by.Is(to.Address))
            return [];
        string locale = LocaleOf(to);
        var words = new MessageLetter(
            Phrase.Of($"{by.Name} asks you for a next step: {Phrase.Same(account.Name)}").In(locale),
            [
                Phrase.Of($"Hello {Phrase.Same(to.Name)},").In(locale),
                Phrase.Of($"this is to be done for {Phrase.Same(account.Name)} by {Format.Day(due)}:").In(locale),
            ],
            Excerpt.Of(text, MaxQuoteChars),
            Phrase.Of($"Open {Phrase.Same(account.Name)}").In(locale),
            AddressOf(account) + "#work",
            "",
            Phrase.Of("You get this because a colleague handed you work in Signals.").In(locale)
        );
        return [await box.PutAsync(new TeamLetter(to.Address, locale, words, account.Key), cancellationToken)];
    }

    private string LocaleOf(TeamUser user) => user.Language ?? model.TeamLocale;

    private string AddressOf(AccountOfWork account) => ourAddress.Url + Links.Account(account.Id);
}

/// <summary>The account that work is about.</summary>
internal sealed record AccountOfWork(string Key, string Id, string Name);

/// <summary>Who did it, as the audit trail names them, and as colleagues do in their own languages.</summary>
internal sealed record Writer(string Who, Phrase Name)
{
    public bool Is(string address) => string.Equals(Who, address, StringComparison.OrdinalIgnoreCase);
}
