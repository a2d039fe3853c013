using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Tests.Daily.Measures;

/// <summary>An account with a history told in days before <see cref="Today"/>, 30 June 2026.</summary>
internal sealed class MeasuredAccount(ValueModel model, string id = "acme")
{
    public static readonly int Today = new DateOnly(2026, 6, 30).DayNumber;

    private readonly AccountState _state = new(AccountKey.Group(id), id);

    /// <summary>Something happened at noon of each of those days, and once more for each time a day is named again.</summary>
    public MeasuredAccount Did(string name, params IEnumerable<int> daysAgo)
    {
        foreach (int day in daysAgo)
            _state.History.Record(name, Moment(day), mentioned: true, []);
        return this;
    }

    public MeasuredAccount With(string trait, string value)
    {
        _state.Profile.Set(trait, value, Moment(0), 1);
        return this;
    }

    /// <summary>It was seen on a plan on each of those days.</summary>
    public MeasuredAccount On(string plan, params IEnumerable<int> daysAgo)
    {
        foreach (int day in daysAgo)
            _state.Plans.Note(Today - day, plan);
        return this;
    }

    /// <summary>From that day on it paid so much a month.</summary>
    public MeasuredAccount Paid(double mrr, int daysAgo)
    {
        string text = mrr.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _state.Prices.Note(Traits.Mrr, text, Moment(daysAgo));
        _state.Profile.Set(Traits.Mrr, text, Moment(daysAgo), 1);
        return this;
    }

    /// <summary>Was reviewed: so risky, with so many active people.</summary>
    public MeasuredAccount Reviewed(RiskLevel level, int active = 0, double? probability = null, params IReadOnlyList<RiskChance> chances)
    {
        _state.Review = new AccountReview
        {
            ReviewedAt = Moment(0),
            Assessment = Assessment.Unknown with
            {
                Risk = new RiskAssessment(level, 50) { Probability = probability, Chances = chances },
            },
            People = new PeopleSummary { Active = active, Reviewed = active },
        };
        return this;
    }

    /// <summary>Opened a ticket at noon of a day, solved after so many hours.</summary>
    public MeasuredAccount Asked(string ticket, int daysAgo, double? solvedAfterHours = null, double? answeredAfterHours = null)
    {
        if (answeredAfterHours is { } answered)
            _state.Tickets.Answered(ticket, Moment(daysAgo).AddHours(answered));
        _state.Tickets.Opened(ticket, Moment(daysAgo), 1, "words", "u_ann");
        if (solvedAfterHours is { } hours)
            _state.Tickets.Solved(ticket, Moment(daysAgo).AddHours(hours));
        return this;
    }

    public MeasuredAccount Answered(FeedbackKind kind, double score, string person, string? channel = "in-app", int daysAgo = 1)
    {
        _state.Feedback.Add(new FeedbackAnswer(Moment(daysAgo), (ulong)_state.Feedback.Answers.Count, kind, score, channel, null, person));
        return this;
    }

    /// <summary>Wrote something, with a score or in a ticket, that was understood.</summary>
    public MeasuredAccount Wrote(string text, double? score = null, string person = "u_ann", int daysAgo = 1)
    {
        var words = CustomerWords.Of(EmbeddedTextAnalyzer.Analyze(new WrittenText(text)));
        if (score is { } given)
        {
            var answer = new FeedbackAnswer(
                Moment(daysAgo),
                (ulong)_state.Feedback.Answers.Count,
                FeedbackKind.Nps,
                given,
                "In-App",
                text,
                person
            );
            _state.Feedback.Add(answer);
            _state.Feedback.Understand(answer, words);
            return this;
        }
        string ticketId = $"T-{_state.Tickets.All.Count}";
        _state.Tickets.Opened(ticketId, Moment(daysAgo), 1, text, person);
        _state.Tickets.Understand(_state.Tickets.All.Single(ticket => ticket.Id == ticketId), words);
        return this;
    }

    /// <summary>So many people have a row.</summary>
    public MeasuredAccount WithPeople(int people)
    {
        _state.People = people;
        return this;
    }

    public AccountContext ToContext(CohortNorms? norms = null) =>
        new(_state, AccountFacts.Of(_state, model), new UsageView(_state.History, model), model, new AlwaysKnown(), Today)
        {
            Norms = norms ?? CohortNorms.None,
        };

    private static DateTimeOffset Moment(int daysAgo) => Days.Start(Today - daysAgo).AddHours(12);

    private sealed class AlwaysKnown : IKnownEvents
    {
        public int? EventSince(string name) => 1;

        public int SumSince(string key) => 0;
    }
}
