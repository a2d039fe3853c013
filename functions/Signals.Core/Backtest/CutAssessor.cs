using Signals.Core.Accounts;
using Signals.Core.Causes;
using Signals.Core.Model;
using Signals.Core.Reviews;
using Signals.Core.Risk;
using Signals.Core.Value;

namespace Signals.Core.Backtest;

/// <summary>Assesses accounts on a day as a review would that read all their people, and notes what follows from it.</summary>
internal sealed class CutAssessor(Replay replay, LabelledCauses? labelled, Action<DateTimeOffset, ReplayAccount, Assessment>? assessed)
{
    private readonly MailReplay _mails = new(replay.Model);

    /// <summary>What regressions are fitted on.</summary>
    public RegressionSample Sample { get; } = new(replay.Model);

    /// <summary>Every account that has settled and not churned, as it looks at that moment.</summary>
    public List<CutAssessment> Assess(DateTimeOffset cut)
    {
        var settled = cut.AddDays(-BacktestSettings.SettledDays);
        var assessments = new List<CutAssessment>();
        foreach (var account in replay.Accounts.Values)
        {
            if (account.FirstSeen <= settled && replay.IsReviewed(account))
            {
                if (Assess(account, Days.Of(cut), account.Level) is { } view)
                    assessments.Add(Note(cut, account, view));
            }
            else
                NoteLabelled(account, Days.Of(cut));
        }
        return assessments;
    }

    /// <summary>Looks at an account whose causes are known on a day that is no cut, or before it has settled; the score is not judged by it.</summary>
    public void NoteLabelled(ReplayAccount account, int today)
    {
        if (labelled is not null && labelled.Has(account) && replay.IsReviewed(account) && Assess(account, today, RiskLevel.Healthy) is { } view)
            labelled.Note(account, view.Found);
    }

    private CutAssessment Note(DateTimeOffset cut, ReplayAccount account, AccountAtCut view)
    {
        var (context, people, summary, found) = view;
        account.Level = found.Risk.Level;
        var (mails, heldOut) = _mails.Plan(account, context, people, summary, found.Causes, cut);
        Sample.Add(cut, account, new RiskSubject(context, summary, found.Causes), found.Risk.LogOdds, HistoryOf(account));
        labelled?.Note(account, found);
        assessed?.Invoke(cut, account, found);
        return CutAssessment.Of(account, found, mails, heldOut);
    }

    /// <summary>Null for an account that has churned.</summary>
    private AccountAtCut? Assess(ReplayAccount account, int today, RiskLevel level)
    {
        var state = account.State;
        var context = new AccountContext(
            state, AccountFacts.Of(state, replay.Model), new UsageView(HistoryOf(account), replay.Model), replay.Model, replay.Known, today);
        if (context.IsChurned)
            return null;
        var summary = PeopleSummary.None;
        var people = new List<(PersonContext Context, PersonAssessment Assessment)>(account.People.Count);
        var details = new Dictionary<string, PersonAssessment>(account.People.Count, StringComparer.Ordinal);
        foreach (var person in account.People.Values.Where(person => !person.Key.IsAnonymous))
        {
            var usage = state.Key.IsGroup ? new UsageView(person.History, replay.Model) : context.Usage;
            var personContext = new PersonContext(person, usage, context);
            var assessment = PersonAssessor.Assess(personContext);
            summary = summary.With(person.Key.Value, PersonFinding.None, assessment.Finding);
            people.Add((personContext, assessment));
            details[person.Key.Value] = assessment;
        }
        return new AccountAtCut(context, people, summary, AccountAssessor.Assess(context, summary, details, level));
    }

    private static History HistoryOf(ReplayAccount account) =>
        account.State.Key.IsGroup ? account.State.History : account.People.Values.First().History;

    private sealed record AccountAtCut(
        AccountContext Context, List<(PersonContext Context, PersonAssessment Assessment)> People, PeopleSummary Summary, Assessment Found);
}
