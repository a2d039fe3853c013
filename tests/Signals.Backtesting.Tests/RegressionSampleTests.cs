using Signals.Core.Diagnosis.Risk;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Backtesting.Tests;

public sealed class RegressionSampleTests
{
    private const int Accounts = 300;
    private const int Cuts = 12;

    [Fact]
    public void Very_many_assessments_take_bounded_room_and_nobody_who_left_is_left_out()
    {
        var sample = new RegressionSample(StoryModels.OfPeople, horizonDays: 14) { MostRows = 600 };
        var accounts = Enumerable
            .Range(0, Accounts)
            .Select(i => new ReplayAccount(new AccountState(AccountKey.Group($"a{i}"), $"a{i}")))
            .ToList();
        var ends = new Dictionary<DateTimeOffset, DateTimeOffset>();
        for (int cut = 0; cut < Cuts; cut++)
        {
            var at = SignalsWorld.Start.AddDays(40 + 7 * cut);
            ends[at] = at.AddDays(14);
            foreach (var account in accounts)
                sample.Add(at, account, Subject(account), 0, new History());
            // Every thirtieth leaves ten days after the fifth cut: within the horizon of that and of the one after it.
            if (cut == 5)
            {
                foreach (var account in accounts.Where((_, i) => i % 30 == 0))
                    account.Churned(SignalsWorld.Start.AddDays(40 + 35 + 10));
            }
            sample.Thin(at);
        }

        var rows = sample.Labelled(ends).ToList();

        Assert.Equal(2 * 10, rows.Count(row => row.Happened));
        Assert.All(rows.Where(row => row.Happened), row => Assert.Equal(1, row.Weight));
        Assert.InRange(rows.Count, 200, Accounts * Cuts / 2);
        // Together they stand for all there were.
        Assert.InRange(rows.Sum(row => row.Weight), 0.85 * Accounts * Cuts, 1.15 * Accounts * Cuts);
    }

    private static RiskSubject Subject(ReplayAccount account)
    {
        var model = StoryModels.OfPeople;
        var context = AccountContexts.Of(account.State, model, Days.Of(SignalsWorld.Start));
        return new RiskSubject(context, PeopleSummary.None, []);
    }
}
