using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily.Norms;

/// <summary>
/// Works norms out as soon as there are customers enough to tell what is usual, and again each time that they have doubled, until the day's
/// pass alone will do: on the first day, after the first import of history, under a changed model. Everybody is then reviewed under them.
/// </summary>
/// <remarks>Cheap to call often: a read, and while there are few customers the keys of their list.</remarks>
public sealed class EarlyNorms(AccountLists lists, CohortStore norms, CohortPass pass, ReviewFanOut reviews, ValueModel model)
{
    /// <summary>With so many customers, norms of yesterday are as good as those of now.</summary>
    public const int ManyAccounts = 1000;

    /// <summary>Works them out when it is time; returns how many reviews were asked for directly.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var last = await norms.ReadAsync(cancellationToken);
        int known = last?.Fingerprint == model.Fingerprint ? last.Accounts : 0;
        int needed = Math.Max(CohortNorms.LeastAccounts, 2 * known);
        if (known >= ManyAccounts || !await HasAsync(needed, cancellationToken) || !await pass.WorkOutAsync(cancellationToken))
            return 0;
        return (await reviews.AskAllAsync(cancellationToken)).Accounts;
    }

    private async Task<bool> HasAsync(int accounts, CancellationToken cancellationToken)
    {
        int listed = 0;
        await foreach (var _ in lists.KeysAsync(AccountLists.ByName, null, Math.Min(accounts, EntityLimits.MaxPage), cancellationToken))
        {
            if (++listed == accounts)
                return true;
        }
        return false;
    }
}
