using Signals.Core.Accounts;
using Signals.Core.Causes;
using Signals.Core.Reviews;
using Signals.Core.Value;

namespace Signals.Core.Backtest;

/// <summary>Assesses accounts on a day as a review would that read all their people.</summary>
internal sealed class CutAssessor(Replay replay, Action<DateTimeOffset, ReplayAccount, Assessment>? assessed)
{
    /// <summary>Every account that has settled and not churned, as it looks at that moment.</summary>
    public List<CutAssessment> Assess(DateTimeOffset cut)
    {
        var settled = cut.AddDays(-BacktestSettings.SettledDays);
        var assessments = new List<CutAssessment>();
        foreach (var account in replay.Accounts.Values)
        {
            if (account.FirstSeen <= settled && replay.IsReviewed(account) && Assess(account, Days.Of(cut)) is { } found)
            {
                assessments.Add(CutAssessment.Of(account, found));
                assessed?.Invoke(cut, account, found);
            }
        }
        return assessments;
    }

    private Assessment? Assess(ReplayAccount account, int today)
    {
        var context = ContextOf(account, today);
        if (context.IsChurned)
            return null;
        var people = PeopleSummary.None;
        var details = new Dictionary<string, PersonAssessment>(account.People.Count, StringComparer.Ordinal);
        foreach (var person in account.People.Values.Where(person => !person.Key.IsAnonymous))
        {
            var usage = account.State.Key.IsGroup ? new UsageView(person.History, replay.Model) : context.Usage;
            var assessment = PersonAssessor.Assess(new PersonContext(person, usage, context));
            people = people.With(person.Key.Value, PersonFinding.None, assessment.Finding);
            details[person.Key.Value] = assessment;
        }
        var found = AccountAssessor.Assess(context, people, details, account.Level);
        account.Level = found.Risk.Level;
        return found;
    }

    private AccountContext ContextOf(ReplayAccount account, int today)
    {
        var state = account.State;
        var history = state.Key.IsGroup ? state.History : account.People.Values.First().History;
        return new AccountContext(
            state, AccountFacts.Of(state, replay.Model), new UsageView(history, replay.Model), replay.Model, replay.Known, today);
    }
}
