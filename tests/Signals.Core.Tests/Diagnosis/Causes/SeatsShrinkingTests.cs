using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.SeatsShrinking;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule, on numbers that its stories would take weeks to come to.</summary>
public sealed class SeatsShrinkingTests
{
    private const int Today = 20_000;
    private const double Surely = 2 / 5.0 * (2 / 3.0) * 0.5 / 0.25;

    private static readonly ValueModel Model = StoryModels.OfGroups;

    [Theory]
    [InlineData(8, 6, true)]
    [InlineData(8, 7, false)]
    [InlineData(9, 7, false)]
    [InlineData(3, 2, true)]
    [InlineData(2, 1, false)]
    [InlineData(5, 5, false)]
    [InlineData(5, 8, false)]
    public void A_quarter_fewer_of_three_or_more_is_where_it_begins(int then, int now, bool shrinking) =>
        Assert.Equal(shrinking, Find(then, now) is not null);

    [Fact]
    public void A_person_of_their_own_has_no_seats() => Assert.Null(Find(8, 2, isGroup: false));

    [Theory]
    [InlineData(null, 9, 9)]
    [InlineData(null, 4, 8)]
    [InlineData("12", 9, 12)]
    [InlineData("5", 9, 5)]
    public void Seats_are_those_paid_for_or_else_the_people_there_are(string? paid, int reviewed, int told) =>
        Assert.StartsWith(
            $"2 of {told} seats used",
            Find(8, 2, seats: paid, reviewed: reviewed)!.Evidence[0].Text.En,
            StringComparison.Ordinal
        );

    [Fact]
    public void Who_stopped_after_coming_steadily_counts_as_they_are() =>
        Assert.Equal(Surely, Find(5, 3, Gone(), Gone())!.Confidence, precision: 10);

    [Fact]
    public void No_more_of_them_stopped_than_are_missing() =>
        Assert.Equal(Surely, Find(5, 3, Gone(), Gone(), Gone(), Gone())!.Confidence, precision: 10);

    public static TheoryData<CarryingPerson, bool> Others =>
        new()
        {
            { Gone(days: 10), true },
            { Gone(days: 9), false },
            { Gone(silent: 21), true },
            { Gone(silent: 20), false },
            { Gone(silent: 31, pause: 30), true },
            { Gone(silent: 30, pause: 30), false },
            { Gone(silent: 21, pause: 5), true },
            // Thirty days that are compared and the thirty of the floor: longer ago they were not among those who were active then.
            { Gone(silent: 59), true },
            { Gone(silent: 60), false },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public void One_of_two_has_to_have_stopped_like_that_too(CarryingPerson other, bool isSure) =>
        Assert.Equal(isSure, Math.Abs(Find(5, 3, Gone(), other)!.Confidence - Surely) < 1e-9);

    [Fact]
    public void One_alone_who_stopped_is_a_draw_by_lot() => Assert.Equal(Find(5, 3)!.Confidence, Find(5, 3, Gone())!.Confidence);

    [Fact]
    public void It_is_never_certain() => Assert.Equal(0.95, Find(100, 0)!.Confidence);

    private static CarryingPerson Gone(int days = 15, int silent = 25, int? pause = null) =>
        new("u_ann", Today - 1 - silent, 100, days, UsualPause: pause);

    private static RuleFinding? Find(int then, int now, params CarryingPerson[] carriers) => Find(then, now, null, 0, true, carriers);

    private static RuleFinding? Find(
        int then,
        int now,
        string? seats = null,
        int reviewed = 0,
        bool isGroup = true,
        params CarryingPerson[] carriers
    )
    {
        var key = isGroup ? AccountKey.Group("acme") : AccountKey.Own(PersonKey.User("ann"));
        var account = new AccountState(key, "acme");
        account.History.Record("Report Shared", Days.Start(Today - 200), false, []);
        if (seats is not null)
            account.Profile.Set("seats", seats, SignalsWorld.Start, 1);
        var people = new PeopleSummary
        {
            Reviewed = reviewed,
            Active = now,
            WasActive = then,
            Carriers = carriers,
        };
        return new SeatsShrinkingRule().Assess(AccountContexts.Of(account, Model, Today) with { People = people });
    }
}
