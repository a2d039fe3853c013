using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.PaymentFailing;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule, on numbers.</summary>
public sealed class PaymentFailingTests
{
    private const int Today = 20_000;

    private static readonly ValueModel Model = StoryModels.OfPeople with
    {
        Billing = new BillingDefinition { Failed = ["Payment Failed", "Direct Debit Returned"], Recovered = ["Payment Succeeded"] },
    };

    [Fact]
    public void Every_way_to_pay_counts() =>
        Assert.Equal("payment of 30 USD failed 3 times and was not made good", Find(Fails(5, 30), Fails(5, 30), Returns(4, 30))!.Text.En);

    [Fact]
    public void Of_two_that_failed_on_a_day_the_mean_is_told() =>
        Assert.Equal("payment of 25 USD failed 2 times and was not made good", Find(Fails(5, 20), Returns(5, 30))!.Text.En);

    [Fact]
    public void Nothing_is_told_of_a_payment_of_nothing() =>
        Assert.Equal("payment failed once and was not made good", Find(Fails(5, 0))!.Text.En);

    [Fact]
    public void Nothing_is_told_where_no_property_says_how_much() =>
        Assert.Equal(
            "payment failed once and was not made good",
            Find(Model with { Billing = Model.Billing with { Amount = null } }, Fails(5, 20))!.Text.En
        );

    [Fact]
    public void What_was_made_good_that_day_is_not_counted_with_what_failed_later() =>
        Assert.Equal("1 failed try", Find(Fails(6, 20), Recovers(6, hour: 15), Fails(5, 20))!.Value.En);

    [Fact]
    public void What_failed_again_on_the_day_it_was_made_good_is_counted_from_that_day()
    {
        var found = Find(Fails(6, 20), Recovers(6, hour: 12), Fails(6, 20, hour: 15), Uses(5), Uses(0));

        Assert.Equal(("1 failed try", Days.Date(Today - 6)), (found!.Value.En, found.Since!.Value));
    }

    [Fact]
    public void It_is_made_good_from_the_moment_of_the_payment_on()
    {
        Assert.Null(Find(Fails(6, 20, hour: 9), Recovers(6, hour: 9)));
        Assert.NotNull(Find(Recovers(6, hour: 8), Fails(6, 20, hour: 9)));
    }

    [Theory]
    [InlineData(24, 1, true)]
    [InlineData(24, 0, false)]
    [InlineData(25, 1, false)]
    [InlineData(25, 2, true)]
    [InlineData(0, 0, true)]
    public void The_grace_ends_on_the_day_it_is_over(double hours, int daysAgo, bool found) =>
        Assert.Equal(found, Find(With(new PaymentFailingSettings(GraceHours: hours)), Fails(daysAgo, 20)) is not null);

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void The_last_failure_is_history_after_the_models_days(int daysAgo, bool found) =>
        Assert.Equal(found, Find(Fails(daysAgo, 20)) is not null);

    [Fact]
    public void As_many_have_to_fail_as_the_model_asks_for()
    {
        var model = With(new PaymentFailingSettings(Failures: 2));

        Assert.Null(Find(model, Fails(5, 20)));
        Assert.NotNull(Find(model, Fails(5, 20), Fails(4, 20)));
    }

    [Theory]
    [InlineData(1, 0.7)]
    [InlineData(2, 0.85)]
    [InlineData(3, 0.925)]
    [InlineData(4, 0.95)]
    public void Each_further_failure_halves_the_doubt_up_to_a_limit(int failures, double confidence)
    {
        var account = AccountOf([.. Enumerable.Range(2, failures).Select(daysAgo => Fails(daysAgo, 20))]);

        Assert.Equal(confidence, new PaymentFailingRule().Assess(AccountContexts.Of(account, Model, Today))!.Confidence, precision: 10);
    }

    [Fact]
    public void The_last_that_failed_is_told_whether_it_was_made_good_or_not()
    {
        Assert.Equal((Days.Date(Today - 5), 30d), PaymentFailingRule.Last(ContextOf(Fails(6, 20), Returns(5, 30), Recovers(4))));
        Assert.Null(PaymentFailingRule.Last(ContextOf(Uses(3))));
    }

    [Fact]
    public void The_goal_is_the_first_payment_that_means_recovery()
    {
        var cause = new PaymentFailingCause();

        Assert.Equal("Payment Succeeded", cause.PlaybookFor(Model.Billing).Goal!.Event);
        Assert.Null(cause.PlaybookFor(new BillingDefinition()).Goal);
    }

    private static ValueModel With(PaymentFailingSettings settings) => Model with { Causes = Model.Causes.With(settings) };

    private static Evidence? Find(params ReadOnlySpan<Happening> happened) => Find(Model, happened);

    private static Evidence? Find(ValueModel model, params ReadOnlySpan<Happening> happened) =>
        new PaymentFailingRule().Assess(AccountContexts.Of(AccountOf(happened), model, Today))?.Evidence[0];

    private static AccountContext ContextOf(params ReadOnlySpan<Happening> happened) =>
        AccountContexts.Of(AccountOf(happened), Model, Today);

    private static Happening Fails(int daysAgo, double amount, int hour = 9) => new("Payment Failed", daysAgo, hour, amount);

    private static Happening Returns(int daysAgo, double amount) => new("Direct Debit Returned", daysAgo, 10, amount);

    private static Happening Recovers(int daysAgo, int hour = 9) => new("Payment Succeeded", daysAgo, hour, null);

    private static Happening Uses(int daysAgo) => new("Report Shared", daysAgo, 9, null);

    private static AccountState AccountOf(params ReadOnlySpan<Happening> happened)
    {
        var account = new AccountState(AccountKey.Own(PersonKey.User("ann")), "ann");
        foreach (var (name, daysAgo, hour, amount) in happened)
        {
            PropertySum[] sums = amount is { } due ? [PropertySum.Of(History.PropertyKey(name, "amount"), due)] : [];
            account.History.Record(name, Days.Start(Today - daysAgo).AddHours(hour), false, sums);
        }
        return account;
    }

    private readonly record struct Happening(string Name, int DaysAgo, int Hour, double? Amount);
}
