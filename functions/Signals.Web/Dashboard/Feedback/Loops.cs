using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Model;
using Signals.Core.State.Identity;
using Signals.Core.State.Work;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>
/// Which of some texts a person of the team answered: one read for each account that they are from, when a page is shown, so that what was
/// just marked shows at once.
/// </summary>
internal sealed class Loops(WorkBook book, ValueModel model)
{
    private const int ReadsAtOnce = 16;

    /// <summary>The work on each account that a text is from, by the account's id.</summary>
    public async Task<IReadOnlyDictionary<string, AccountWork>> OfAsync(IReadOnlyList<Verbatim> texts, CancellationToken cancellationToken)
    {
        string[] accounts = [.. texts.Where(text => text.Answer is not null).Select(text => text.Account).Distinct(StringComparer.Ordinal)];
        var works = new AccountWork[accounts.Length];
        await Parallel.ForAsync(
            0,
            accounts.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => works[i] = await book.GetAsync(KeyOf(accounts[i]), token)
        );
        return accounts.Zip(works).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    private AccountKey KeyOf(string account) =>
        model.Accounts == AccountsMode.Group ? AccountKey.Group(account) : AccountKey.Own(PersonKey.User(account));
}
