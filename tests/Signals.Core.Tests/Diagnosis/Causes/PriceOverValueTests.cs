using System.Globalization;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.PriceOverValue;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule, on numbers: minutes a month for a unit of money.</summary>
public sealed class PriceOverValueTests
{
    private const int Today = 740_000;

    /// <summary>What the account gets in a month; the price makes of it what a test asks for.</summary>
    private const double Minutes = 30;

    private static readonly ValueModel Model = StoryModels.OfGroups;

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(1, true)]
    [InlineData(1.01, false)]
    public void It_holds_up_to_what_the_lowest_tenth_gets(double times, bool found)
    {
        var cohort = Cohort((3, 1), (27, 40));

        Assert.Equal(found, Find(times * cohort.Quantile(0.1), cohort) is not null);
    }

    [Theory]
    [InlineData(0.49, true)]
    [InlineData(0.5, false)]
    [InlineData(0.51, false)]
    public void It_holds_under_half_of_the_median(double share, bool found)
    {
        var cohort = Cohort((30, 8));

        Assert.Equal(found, Find(share * cohort.Quantile(0.5), cohort) is not null);
    }

    [Fact]
    public void Who_gets_nothing_where_most_get_nothing_has_no_worse_a_deal() => Assert.Null(Find(0, Cohort((30, 0))));

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void So_many_others_are_a_measure(int others, bool found) => Assert.Equal(found, Find(1, Cohort((others, 8))) is not null);

    [Theory]
    [InlineData(0, 30, 0.95 * 30 / 40)]
    [InlineData(0.25, 30, 0.725 * 30 / 40)]
    [InlineData(0.25, 90, 0.725 * 90 / 100)]
    public void It_is_surer_the_further_from_the_median_and_the_more_there_are(double share, int others, double confidence)
    {
        var cohort = Cohort((others, 8));

        Assert.Equal(confidence, Find(share * cohort.Quantile(0.5), cohort)!.Confidence, precision: 6);
    }

    [Fact]
    public void It_says_what_they_get_over_which_days_and_what_they_pay()
    {
        var evidence = Find(1, Cohort((30, 8)))!.Evidence;

        Assert.Equal(
            "1 minutes per USD a month from 21 December 2026 to 19 January 2027, in the lowest 10% of 30 customers like them",
            evidence[0].Text.En
        );
        Assert.Equal(Days.Date(Today - 30), evidence[0].Since);
        Assert.Equal("they pay 30 USD a month", evidence[1].Text.En);
    }

    private static QuantileSketch Cohort(params (int Accounts, double PerPrice)[] groups)
    {
        var sketch = new QuantileSketch();
        foreach (var (accounts, perPrice) in groups)
        {
            for (int i = 0; i < accounts; i++)
                sketch.Add(perPrice);
        }
        return sketch;
    }

    private static RuleFinding? Find(double perPrice, QuantileSketch cohort)
    {
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        double price = perPrice > 0 ? Minutes / perPrice : 1;
        account.Profile.Set(Traits.Plan, "pro", SignalsWorld.Start, 1);
        account.Profile.Set(Traits.Price, price.ToString(CultureInfo.InvariantCulture), SignalsWorld.Start, 2);
        account.History.Record("Signed In", Days.Start(Today - 40), false, []);
        for (int reports = perPrice > 0 ? 6 : 0; reports > 0; reports--)
            account.History.Record("Report Shared", Days.Start(Today - 10), false, []);
        var context = AccountContexts.Of(account, Model, Today);
        var norms = new CohortNorms { Fingerprint = Model.Fingerprint };
        norms.Add(
            context.Cohort,
            cohort,
            new Dictionary<string, QuantileSketch>(StringComparer.Ordinal),
            new Dictionary<string, RateNorm>(StringComparer.Ordinal)
        );
        return new PriceOverValueRule().Assess(context with { Norms = norms });
    }
}
