using Signals.Core.Accounts;
using Signals.Core.Causes;
using Signals.Core.Cohorts;
using Signals.Core.Model;
using Signals.Core.Reviews;
using Signals.Core.Risk;
using Signals.Core.Value;

namespace Signals.Core.Backtest;

/// <summary>Assesses accounts on a day as a review would that read all their people, and notes what follows from it.</summary>
internal sealed class CutAssessor(Replay replay, LabelledCauses? labelled, Action<DateTimeOffset, ReplayAccount, Assessment>? assessed)
{
    private readonly MailReplay _mails = new(replay.Model);
    private CohortNorms _norms = CohortNorms.None;

    /// <summary>What regressions are fitted on.</summary>
    public RegressionSample Sample { get; } = new(replay.Model);

    /// <summary>Every account that has settled and not churned, as it looks at that moment.</summary>
    public List<CutAssessment> Assess(DateTimeOffset cut)
    {
        var settled = cut.AddDays(-BacktestSettings.SettledDays);
        Survey(Days.Of(cut));
        var assessments = new List<CutAssessment>();
        foreach (var account in replay.Accounts.Values)
        {
            if (account.FirstSeen <= settled && replay.IsReviewed(account) && Assess(account, Days.Of(cut), account.Level) is { } view)
                assessments.Add(Note(cut, account, view));
        }
        return assessments;
    }

    /// <summary>
    /// Looks once more at an account whose causes are known, just before it left or when the stream has ended. The score is not judged by it.
    /// </summary>
    public void NoteLabelled(ReplayAccount account, int today)
    {
        if (labelled is null || !labelled.Has(account) || !replay.IsReviewed(account))
            return;
        if (_norms.Day != today)
            Survey(today);
        if (Assess(account, today, RiskLevel.Healthy) is { } view)
            labelled.Note(account, view.Found, view.People.SelectMany(person => FrictionRule.Weigh(person.Context)));
    }

    /// <summary>Works out what is usual in each cohort on a day, as the service does every night.</summary>
    private void Survey(int today)
    {
        var survey = new CohortSurvey();
        foreach (var account in replay.Accounts.Values.Where(account => account.FirstSeen is not null && replay.IsReviewed(account)))
        {
            var context = ContextOf(account, today);
            survey.Add(context, PeopleOf(account, context));
        }
        _norms = survey.ToNorms(replay.Model, today);
    }

    private CutAssessment Note(DateTimeOffset cut, ReplayAccount account, AccountAtCut view)
    {
        var (context, people, summary, found) = view;
        account.Level = found.Risk.Level;
        var (mails, heldOut) = _mails.Plan(account, context, people, summary, found.Causes, cut);
        Sample.Add(cut, account, new RiskSubject(context, summary, found.Causes), found.Risk.LogOdds, HistoryOf(account));
        assessed?.Invoke(cut, account, found);
        return CutAssessment.Of(account, found, mails, heldOut);
    }

    /// <summary>Null for an account that has churned.</summary>
    private AccountAtCut? Assess(ReplayAccount account, int today, RiskLevel level)
    {
        var context = ContextOf(account, today);
        if (context.IsChurned)
            return null;
        var summary = PeopleSummary.None;
        var people = new List<(PersonContext Context, PersonAssessment Assessment)>(account.People.Count);
        var details = new Dictionary<string, PersonAssessment>(account.People.Count, StringComparer.Ordinal);
        foreach (var person in PeopleOf(account, context))
        {
            var assessment = PersonAssessor.Assess(person);
            string key = person.Person.Key.Value;
            summary = summary.With(key, PersonFinding.None, assessment.Finding);
            people.Add((person, assessment));
            details[key] = assessment;
        }
        return new AccountAtCut(context, people, summary, AccountAssessor.Assess(context, summary, details, level));
    }

    private AccountContext ContextOf(ReplayAccount account, int today) => new(
        account.State, AccountFacts.Of(account.State, replay.Model), new UsageView(HistoryOf(account), replay.Model), replay.Model, replay.Known, today)
    {
        Norms = _norms,
    };

    private IEnumerable<PersonContext> PeopleOf(ReplayAccount account, AccountContext context) =>
        from person in account.People.Values
        where !person.Key.IsAnonymous
        select new PersonContext(person, account.State.Key.IsGroup ? new UsageView(person.History, replay.Model) : context.Usage, context);

    private static History HistoryOf(ReplayAccount account) =>
        account.State.Key.IsGroup ? account.State.History : account.People.Values.First().History;

    private sealed record AccountAtCut(
        AccountContext Context, List<(PersonContext Context, PersonAssessment Assessment)> People, PeopleSummary Summary, Assessment Found);
}
