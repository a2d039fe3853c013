using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.NeedsChanged;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule, on numbers: looks at the way out, and words about leaving.</summary>
public sealed class NeedsChangedBorderTests
{
    private const int Today = 740_000;
    private const string Ann = "u_ann";
    private const string Bob = "u_bob";

    private readonly AccountState _account = new(AccountKey.Group("acme"), "acme");

    [Theory]
    [InlineData(1, 1, 0.55)]
    [InlineData(1, 3, 0.908875)]
    [InlineData(1, 9, 0.95)]
    [InlineData(2, 2, 0.55)]
    [InlineData(2, 3, 0.7975)]
    public void Each_look_beyond_the_first_leaves_less_doubt(int count, int looks, double confidence)
    {
        Look("Export Started", daysAgo: 1, looks);

        Assert.Equal(confidence, Find(count: count)!.Confidence, precision: 10);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_look_counts_for_so_many_days(int daysAgo, bool found)
    {
        Look("Export Started", daysAgo);

        Assert.Equal(found ? Days.Date(Today - daysAgo) : null, Find()?.Evidence[0].Since);
    }

    [Fact]
    public void The_first_look_of_any_kind_is_told()
    {
        Look("Export Started", daysAgo: 8);
        Look("Pricing Viewed", daysAgo: 4);

        Assert.Equal(Days.Date(Today - 8), Assert.Single(Find()!.Evidence).Since);
    }

    [Theory]
    [InlineData(0.49, false)]
    [InlineData(0.5, true)]
    public void Words_that_are_half_sure_are_quoted(double sure, bool found)
    {
        Write(Ann, sure);

        Assert.Equal(found, Find() is not null);
    }

    [Fact]
    public void Words_alone_are_as_sure_as_they_are()
    {
        Write(Ann, 0.7);
        var finding = Find()!;

        Assert.Equal(0.7, finding.Confidence, precision: 10);
        Assert.Equal("words about leaving", Assert.Single(finding.Evidence).Value.En);
    }

    [Fact]
    public void It_is_about_those_who_spoke_and_those_who_looked()
    {
        Write(Ann, 0.7);
        Look("Export Started", daysAgo: 30);

        Assert.Equal([Ann, Bob], Find(new LeavingPerson(Bob, Today - 30))!.People!);
    }

    [Fact]
    public void Too_few_looks_speak_for_nobody()
    {
        Write(Ann, 0.7);
        Look("Export Started", daysAgo: 2);

        Assert.Equal([Ann], Find(new LeavingPerson(Bob, Today - 2), count: 2)!.People!);
    }

    [Fact]
    public void A_look_of_nobody_knows_whom_is_the_accounts()
    {
        Write(Ann, 0.7);
        Look("Export Started", daysAgo: 2);

        Assert.Null(Find()!.People);
    }

    [Fact]
    public void One_person_alone_is_the_account()
    {
        Write(Ann, 0.7);

        Assert.Null(Find(reviewed: 1)!.People);
    }

    private void Look(string name, int daysAgo, int times = 1)
    {
        for (int i = 0; i < times; i++)
            _account.History.Record(name, Days.Start(Today - daysAgo), true, []);
    }

    private void Write(string person, double sure) =>
        _account.Feedback.Add(
            new FeedbackAnswer(Days.Start(Today - 1), 1, FeedbackKind.Nps, 5, null, "We may leave.", person)
            {
                Words = new CustomerWords(TextSentiment.Neutral, 0.5, [new TextRemark(RemarkKind.Leaving, "We may leave.", sure)]),
            }
        );

    private RuleFinding? Find(LeavingPerson? leaving = null, int count = 1, int reviewed = 5)
    {
        var model = StoryModels.OfGroups with
        {
            LeaveIntent = ["Export Started", "Pricing Viewed"],
            Causes = CauseSettings.Usual.With(new NeedsChangedSettings(count)),
        };
        var people = new PeopleSummary { Reviewed = reviewed, Leaving = leaving is null ? [] : [leaving] };
        return new NeedsChangedRule().Assess(AccountContexts.Of(_account, model, Today) with { People = people });
    }
}
