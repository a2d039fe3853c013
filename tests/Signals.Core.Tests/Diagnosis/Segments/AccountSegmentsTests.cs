using Signals.Core.Diagnosis.Segments;
using Signals.Core.Model;
using Signals.Core.State.Answers;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Segments;

public sealed class AccountSegmentsTests
{
    private static readonly SegmentDefinition Any = new("s", "S");

    [Fact]
    public void Everything_that_it_says_must_be_true()
    {
        var segment = Any with { Plans = ["pro"], Traits = Traits(("country", ["DE", "A*"])), Price = new SegmentRange(100, null) };

        Assert.True(Holds(segment, account => account.With("plan", "Pro").With("country", "at").Paid(100, 5)));
        Assert.False(Holds(segment, account => account.With("plan", "free").With("country", "at").Paid(100, 5)));
        Assert.False(Holds(segment, account => account.With("plan", "pro").With("country", "fr").Paid(100, 5)));
        Assert.False(Holds(segment, account => account.With("plan", "pro").Paid(100, 5)));
        Assert.False(Holds(segment, account => account.With("plan", "pro").With("country", "de").Paid(99.9, 5)));
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void Its_size_is_between_both_ends(int people, bool isIn) =>
        Assert.Equal(isIn, Holds(Any with { People = new SegmentRange(15, 40) }, account => account.WithPeople(people)));

    [Fact]
    public void What_was_done_counts_within_its_days_and_so_often()
    {
        var segment = Any with { Did = [new SegmentUse(["Export Completed", "Export Scheduled"], "exports", 3, 30)] };

        Assert.True(Holds(segment, account => account.Did("Export Completed", 0, 29).Did("Export Scheduled", 7)));
        Assert.False(Holds(segment, account => account.Did("Export Completed", 0, 30).Did("Export Scheduled", 7)));
        Assert.False(Holds(segment, account => account.Did("Export Completed", 0, 7)));
        Assert.True(Holds(Any with { DidNot = segment.Did }, account => account.Did("Export Completed", 0, 7)));
    }

    [Fact]
    public void A_day_gone_by_knows_nothing_of_what_came_after()
    {
        var segment = Any with { Did = [new SegmentUse(["Export Completed"], null, 1, 30)], Feels = [SegmentFeeling.Promoter] };
        var account = new MeasuredAccount(StoryModels.OfGroups)
            .Did("Export Completed", 20)
            .Answered(FeedbackKind.Nps, 10, "u_ann", daysAgo: 15)
            .ToContext();

        Assert.False(AccountSegments.Holds(segment, account, MeasuredAccount.Today - 16));
        Assert.True(AccountSegments.Holds(segment, account, MeasuredAccount.Today - 15));
        Assert.True(AccountSegments.Holds(segment, account, MeasuredAccount.Today + 9));
        Assert.False(AccountSegments.Holds(segment, account, MeasuredAccount.Today + 10));
    }

    [Fact]
    public void The_account_feels_as_the_mean_of_its_peoples_latest_answers()
    {
        // Ann changed her mind; the mean of 10 and 6 is neither.
        Assert.Equal(
            [SegmentFeeling.Passive],
            Feelings(account =>
                account
                    .Answered(FeedbackKind.Nps, 0, "u_ann", daysAgo: 40)
                    .Answered(FeedbackKind.Nps, 10, "u_ann", daysAgo: 2)
                    .Answered(FeedbackKind.Nps, 6, "u_bob", daysAgo: 3)
            )
        );
        Assert.Equal([SegmentFeeling.Promoter], Feelings(account => account.Answered(FeedbackKind.Nps, 9, "u_ann")));
        Assert.Equal([SegmentFeeling.Detractor], Feelings(account => account.Answered(FeedbackKind.Nps, 6, "u_ann")));
        // Too long ago, or another survey: nobody answered.
        Assert.Equal(
            [SegmentFeeling.Silent],
            Feelings(account => account.Answered(FeedbackKind.Nps, 9, "u_ann", daysAgo: 90).Answered(FeedbackKind.Csat, 5, "u_bob"))
        );
    }

    [Fact]
    public void Words_count_wherever_they_were_written()
    {
        Assert.Equal(
            [SegmentFeeling.Silent, SegmentFeeling.UnkindWords],
            Feelings(account => account.Wrote("The export is broken again. This is terrible and useless."))
        );
        Assert.Equal(
            [SegmentFeeling.Promoter, SegmentFeeling.KindWords],
            Feelings(account => account.Wrote("I love it, the reports are wonderful!", score: 10))
        );
        Assert.Equal(
            [SegmentFeeling.Silent],
            Feelings(account => account.Wrote("The export is broken again. This is terrible and useless.", daysAgo: 90))
        );
    }

    private static bool Holds(SegmentDefinition segment, Func<MeasuredAccount, MeasuredAccount> story) =>
        AccountSegments.Holds(segment, story(new MeasuredAccount(StoryModels.OfGroups)).ToContext(), MeasuredAccount.Today);

    private static IEnumerable<SegmentFeeling> Feelings(Func<MeasuredAccount, MeasuredAccount> story) =>
        Enum.GetValues<SegmentFeeling>().Where(feeling => Holds(Any with { Feels = [feeling] }, story));

    private static Dictionary<string, IReadOnlyList<string>> Traits(params (string Trait, IReadOnlyList<string> Values)[] traits) =>
        traits.ToDictionary(trait => trait.Trait, trait => trait.Values, StringComparer.Ordinal);
}
