using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.SupportUnhappy;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule, on numbers: scores, words, and tickets.</summary>
public sealed class SupportUnhappyBorderTests
{
    private const int Today = 740_000;
    private const string Ann = "u_ann";

    private static readonly SupportUnhappySettings Usual = SupportUnhappySettings.Usual;

    private readonly AccountState _account = new(AccountKey.Group("acme"), "acme");

    [Theory]
    [InlineData(FeedbackKind.Nps, 7, 6, null)]
    [InlineData(FeedbackKind.Nps, 6, 6, 0.55)]
    [InlineData(FeedbackKind.Nps, 3, 6, 0.725)]
    [InlineData(FeedbackKind.Nps, 0, 6, 0.9)]
    [InlineData(FeedbackKind.Nps, 0, 0, 0.9)]
    [InlineData(FeedbackKind.Csat, 3, 2, null)]
    [InlineData(FeedbackKind.Csat, 2, 2, 0.55)]
    [InlineData(FeedbackKind.Csat, 2, 3, 0.725)]
    [InlineData(FeedbackKind.Csat, 1, 2, 0.9)]
    [InlineData(FeedbackKind.Csat, 1, 1, 0.9)]
    [InlineData(FeedbackKind.Ces, 4, 5, null)]
    [InlineData(FeedbackKind.Ces, 5, 5, 0.55)]
    [InlineData(FeedbackKind.Ces, 6, 5, 0.725)]
    [InlineData(FeedbackKind.Ces, 7, 5, 0.9)]
    [InlineData(FeedbackKind.Ces, 7, 7, 0.9)]
    public void It_is_surer_the_further_a_score_is_past_the_limit(FeedbackKind kind, double score, int limit, double? confidence)
    {
        Answer(kind, score);
        var finding = Find(
            kind switch
            {
                FeedbackKind.Nps => Usual with { Nps = limit },
                FeedbackKind.Csat => Usual with { Csat = limit },
                _ => Usual with { Ces = limit },
            }
        );

        Assert.Equal(confidence ?? 0, finding?.Confidence ?? 0, precision: 10);
        Assert.Equal(confidence is null ? null : Ann, finding?.People?.Single());
        Assert.Equal(confidence is null ? null : $"{kind.ToString().ToUpperInvariant()} of {score:0}", finding?.Evidence[0].Text.En);
    }

    [Theory]
    [InlineData(FeedbackKind.Nps, 6, true)]
    [InlineData(FeedbackKind.Nps, 7, false)]
    [InlineData(FeedbackKind.Csat, 3, true)]
    [InlineData(FeedbackKind.Csat, 4, false)]
    [InlineData(FeedbackKind.Ces, 4, true)]
    [InlineData(FeedbackKind.Ces, 3, false)]
    public void Negative_words_count_unless_the_score_is_a_kind_one(FeedbackKind kind, double score, bool found)
    {
        Answer(kind, score, Words(-0.9));
        var finding = Find(Usual with { Nps = 5 });

        Assert.Equal(found ? "negative words" : null, finding?.Evidence[0].Value.En);
        Assert.Equal(found ? 0.55 : 0, finding?.Confidence ?? 0);
    }

    [Theory]
    [InlineData(-0.6, true)]
    [InlineData(-0.59, false)]
    [InlineData(0.9, false)]
    public void Words_are_as_negative_as_is_asked(double score, bool found)
    {
        Answer(FeedbackKind.Nps, double.NaN, Words(score));

        Assert.Equal(found, Find() is not null);
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(30, true)]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void An_answer_counts_for_so_many_days_and_not_before_it_came(int daysAgo, bool found)
    {
        Answer(FeedbackKind.Nps, 0, daysAgo: daysAgo);

        Assert.Equal(found, Find() is not null);
    }

    [Fact]
    public void Words_that_came_with_leaving_are_no_complaint()
    {
        Answer(FeedbackKind.Leaving, double.NaN, Words(-0.9));

        Assert.Null(Find());
    }

    [Fact]
    public void A_ticket_that_waits_makes_it_the_accounts()
    {
        Answer(FeedbackKind.Nps, 0);
        Open("4711", hoursAgo: 49);

        Assert.Null(Find()!.People);
    }

    [Theory]
    [InlineData(0.5, "solved within 30 minutes")]
    [InlineData(1, "solved within 1 hour")]
    [InlineData(48, "solved within 48 hours")]
    public void What_was_agreed_is_told_in_hours_or_less(double hours, string agreed)
    {
        Open("4711", hoursAgo: 49);

        Assert.Equal(agreed, Find(tickets: new TicketDefinition { WithinHours = hours })!.Evidence[0].Expected.En);
    }

    [Fact]
    public void Tickets_of_one_thing_are_told_with_how_long_the_slowest_took()
    {
        for (int i = 0; i < 4; i++)
            Trouble($"{i}", daysAgo: 20 - i, Words(0, problem: 0.5), solvedAfterDays: i == 2 ? 3 : 0);

        Assert.Equal(
            "4 tickets about \"invoice error\" within 4 days, each solved, in 3 days at most",
            Assert.Single(Find()!.Evidence).Text.En
        );
    }

    [Theory]
    [InlineData(-0.6, 0, true)]
    [InlineData(-0.59, 0, false)]
    [InlineData(0.6, 0, false)]
    [InlineData(0, 0.5, true)]
    [InlineData(0, 0.49, false)]
    public void A_ticket_is_trouble_by_a_problem_or_by_its_tone(double score, double problem, bool found)
    {
        for (int i = 0; i < 4; i++)
            Trouble($"{i}", daysAgo: 20, Words(score, problem), solvedAfterDays: 0);

        Assert.Equal(found, Find() is not null);
    }

    [Theory]
    [InlineData("api", true)]
    [InlineData("ui", false)]
    [InlineData("error", false)]
    [InlineData("error message", false)]
    public void A_thing_is_a_word_of_some_length_that_is_no_word_for_trouble(string theme, bool found)
    {
        for (int i = 0; i < 4; i++)
            Trouble($"{i}", daysAgo: 20, Words(0, problem: 0.9, theme), solvedAfterDays: 0);

        Assert.Equal(found, Find() is not null);
    }

    [Theory]
    [InlineData(48, false, 42)]
    [InlineData(1200, false, 50)]
    [InlineData(1200, true, 72)]
    [InlineData(1000, true, 61)]
    public void It_is_remembered_as_long_as_a_ticket_may_take(double hours, bool workingTime, int days)
    {
        var model = StoryModels.OfGroups with
        {
            Tickets = new TicketDefinition { WithinHours = hours, WorkingTime = workingTime },
        };

        Assert.Equal(days, new SupportUnhappyCause().MemoryDays(model));
    }

    private void Answer(FeedbackKind kind, double score, CustomerWords? words = null, int daysAgo = 1) =>
        _account.Feedback.Add(
            new FeedbackAnswer(Days.Start(Today - daysAgo), 1, kind, score, null, words is null ? null : "So it is.", Ann) { Words = words }
        );

    private void Open(string id, double hoursAgo) => _account.Tickets.Opened(id, Days.Start(Today).AddHours(-hoursAgo), 1, "Help", Ann);

    private void Trouble(string id, int daysAgo, CustomerWords words, int solvedAfterDays)
    {
        var opened = Days.Start(Today - daysAgo);
        _account.Tickets.Opened(id, opened, 1, "Again.", Ann);
        _account.Tickets.Understand(_account.Tickets.All.Single(ticket => ticket.Id == id), words);
        _account.Tickets.Solved(id, opened.AddDays(solvedAfterDays).AddHours(1));
    }

    private static CustomerWords Words(double score, double problem = 0, string theme = "invoice error") =>
        new(
            score < 0 ? TextSentiment.Negative : TextSentiment.Positive,
            score,
            problem > 0 ? [new TextRemark(RemarkKind.Problem, "So it is.", problem)] : []
        )
        {
            Themes = [new TextTheme(theme, TextSentiment.Negative)],
        };

    private RuleFinding? Find(SupportUnhappySettings? settings = null, TicketDefinition? tickets = null)
    {
        var model = StoryModels.OfGroups with
        {
            Causes = CauseSettings.Usual.With(settings ?? Usual),
            Tickets = tickets ?? new TicketDefinition(),
        };
        return new SupportUnhappyRule().Assess(AccountContexts.Of(_account, model, Today));
    }
}
