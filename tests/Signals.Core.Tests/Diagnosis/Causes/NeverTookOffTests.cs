using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.NeverTookOff;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule, on numbers.</summary>
public sealed class NeverTookOffTests
{
    private const int Today = 740_000;

    private static readonly ValueModel Model = StoryModels.OfGroups with { Causes = CauseSettings.Usual.With(NeverTookOffSettings.Usual) };

    [Theory]
    [InlineData(27, false)]
    [InlineData(28, true)]
    [InlineData(180, true)]
    [InlineData(181, false)]
    public void It_is_about_the_first_weeks_once_some_have_passed(int age, bool found) =>
        Assert.Equal(found, Find(age, people: 8, ever: 0) is not null);

    [Theory]
    [InlineData(8, 1, true)]
    [InlineData(8, 2, false)]
    [InlineData(1, 0, true)]
    [InlineData(1, 1, false)]
    [InlineData(0, 0, false)]
    public void A_quarter_of_the_people_is_enough_to_have_taken_off(int people, int ever, bool found) =>
        Assert.Equal(found, Find(28, people, ever) is not null);

    [Theory]
    [InlineData(28, 8, 0, 0.9 * 2 / 3)]
    [InlineData(28, 8, 1, 0.7 * 2 / 3)]
    [InlineData(28, 40, 1, 0.86 * 2 / 3)]
    [InlineData(70, 8, 1, 0.7 * 70 / 84)]
    public void It_is_surer_with_time_and_less_so_with_each_who_got_there(int age, int people, int ever, double confidence) =>
        Assert.Equal(confidence, Find(age, people, ever)!.Confidence, precision: 10);

    [Theory]
    [InlineData(1, 0, "the one person never got 15 minutes of value", "never")]
    [InlineData(8, 0, "none of the 8 people ever got 15 minutes of value", "none")]
    [InlineData(8, 1, "1 of 8 people ever got 15 minutes of value", "1 of 8")]
    public void It_says_who_got_how_far(int people, int ever, string text, string value)
    {
        var evidence = Find(28, people, ever)!.Evidence[0];

        Assert.StartsWith(text, evidence.Text.En, StringComparison.Ordinal);
        Assert.Equal((value, "at least 25%", Days.Date(Today - 28)), (evidence.Value.En, evidence.Expected.En, evidence.Since!.Value));
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(29, false)]
    public void Nothing_is_said_of_who_was_not_watched_at_the_start(int seenAfter, bool found)
    {
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        account.Profile.Set(Traits.CreatedAt, Days.Date(Today - 100).ToString("O"), SignalsWorld.Start, 1);
        account.History.Record("Report Shared", Days.Start(Today - 100 + seenAfter), false, []);

        Assert.Equal(found, Find(account, people: 8, ever: 0) is not null);
    }

    [Theory]
    [InlineData(8, 0, 180 - 30)]
    [InlineData(8, 1, 180 - 30)]
    [InlineData(8, 2, null)]
    [InlineData(0, 0, null)]
    public void It_is_forgotten_by_the_days_since_the_start_unless_they_took_off(int people, int ever, int? fromToday)
    {
        var summary = new PeopleSummary { Reviewed = people, EverActive = ever };
        int forgotten = new NeverTookOffCause().ForgottenOn(AccountContexts.Of(SeenOnce(30), Model, Today) with { People = summary });

        Assert.Equal(fromToday is { } days ? Today + days : 0, forgotten);
    }

    [Fact]
    public void It_may_be_forgotten_on_the_day_it_begins() =>
        Assert.Empty(new ModelFile().With("causes", """{ "never-took-off": { "ageDays": 50, "forgetDays": 50 } }""").Errors());

    private static RuleFinding? Find(int age, int people, int ever) => Find(SeenOnce(age), people, ever);

    private static RuleFinding? Find(AccountState account, int people, int ever) =>
        new NeverTookOffRule().Assess(
            AccountContexts.Of(account, Model, Today) with
            {
                People = new PeopleSummary { Reviewed = people, EverActive = ever },
            }
        );

    private static AccountState SeenOnce(int daysAgo)
    {
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        account.History.Record("Report Shared", Days.Start(Today - daysAgo), false, []);
        return account;
    }
}
