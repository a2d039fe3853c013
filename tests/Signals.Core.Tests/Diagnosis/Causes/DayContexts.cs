using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>An account by what each of its days brought, in minutes; days are numbered from 0, and today is the one after the last.</summary>
internal static class DayContexts
{
    private const int FirstDay = 740_000;

    public static AccountContext Of(int[] days, object settings)
    {
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        string minutes = History.PropertyKey("Video Watched", "minutes");
        account.History.Record("Opened", Days.Start(FirstDay), true, []);
        for (int day = 0; day < days.Length; day++)
        {
            if (days[day] > 0)
                account.History.Record("Video Watched", Days.Start(FirstDay + day), true, [PropertySum.Of(minutes, days[day])]);
        }
        var model = StoryModels.OfGroups with { Causes = CauseSettings.Usual.With(settings) };
        return AccountContexts.Of(account, model, FirstDay + days.Length);
    }

    /// <summary>Norms that know nothing but the days on which customers at large stayed away.</summary>
    public static CohortNorms NormsWith(IEnumerable<int> dips)
    {
        var norms = new CohortNorms { Fingerprint = "days" };
        foreach (int day in dips)
            norms.AddDip(FirstDay + day);
        return norms;
    }
}
