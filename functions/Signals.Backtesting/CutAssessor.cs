using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.Friction;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;
using Signals.Core.State.Histories;
using Signals.Core.State.People;

namespace Signals.Backtesting;

/// <summary>Assesses accounts on a day as a review would that read all their people, and notes what follows from it.</summary>
internal sealed class CutAssessor(
    Replay replay,
    int horizonDays,
    LabelledCauses? labelled,
    Action<DateTimeOffset, ReplayAccount, Assessment>? assessed
)
{
    private readonly MailReplay _mails = new(replay.Model);
    private readonly Dictionary<ReplayAccount, AccountOnDay> _surveyed = [];
    private CohortNorms _norms = CohortNorms.None;

    /// <summary>Who was flagged first when.</summary>
    public FlagBook Flags { get; } = new(replay.Model);

    /// <summary>What regressions are fitted on.</summary>
    public RegressionSample Sample { get; } = new(replay.Model, horizonDays);

    /// <summary>Every account that has settled and not churned, as it looks at that moment.</summary>
    public List<CutAssessment> Assess(DateTimeOffset cut)
    {
        var settled = cut.AddDays(-BacktestSettings.SettledDays);
        Survey(Days.Of(cut));
        var due = replay.Accounts.Values.Where(account => account.FirstSeen <= settled && replay.IsReviewed(account)).ToList();
        if (due.TrueForAll(account => account.LogOdds is null))
        {
            // Levels go by how risk was spread the night before, which the service knows at the first cut too.
            foreach (var account in due)
                account.LogOdds = Assess(OnDay(account, Days.Of(cut)), account.Level)?.Found.Risk.LogOdds;
            Survey(Days.Of(cut));
        }
        var assessments = new List<CutAssessment>();
        foreach (var account in due)
        {
            if (Assess(OnDay(account, Days.Of(cut)), account.Level) is { } view)
                assessments.Add(Note(cut, account, view));
        }
        _surveyed.Clear();
        Sample.Thin(cut);
        return assessments;
    }

    /// <summary>
    /// Looks once more at an account whose causes are known, just before it left or when the stream has ended. The score is not judged by
    /// it.
    /// </summary>
    public void NoteLabelled(ReplayAccount account, int today)
    {
        if (labelled is null || !labelled.Has(account) || !replay.IsReviewed(account))
            return;
        if (_norms.Day != today)
        {
            Survey(today);
            _surveyed.Clear();
        }
        if (Assess(OnDay(account, today), RiskLevel.Healthy) is { } view)
            labelled.Note(account, view.Found, view.People.SelectMany(person => FrictionRule.Weigh(person.Context)));
    }

    /// <summary>
    /// Works out what is usual in each cohort on a day, as the service does every night, and keeps what was read for that.
    /// </summary>
    private void Survey(int today)
    {
        var survey = new CohortSurvey();
        _surveyed.Clear();
        foreach (var account in replay.Accounts.Values.Where(account => account.FirstSeen is not null && replay.IsReviewed(account)))
        {
            var read = Read(account, today);
            _surveyed[account] = read;
            survey.Add(read.Context, read.People);
            if (account.LogOdds is { } logOdds && !read.Context.IsChurned)
                survey.AddRisk(logOdds, read.Context.Facts.Price, replay.Model);
        }
        _norms = survey.ToNorms(replay.Model, today);
    }

    private CutAssessment Note(DateTimeOffset cut, ReplayAccount account, AccountAtCut view)
    {
        var (context, people, summary, found) = view;
        account.Level = found.Risk.Level;
        account.LogOdds = found.Risk.LogOdds;
        var mails = _mails.Plan(account, context, people, summary, found.Causes, cut);
        Flags.Note(cut, account, context.Facts, found, mails);
        Sample.Add(cut, account, new RiskSubject(context, summary, found.Causes), found.Risk.LogOdds, HistoryOf(account));
        assessed?.Invoke(cut, account, found);
        int planned = mails.Count(mail => mail.State == OutreachState.Planned);
        return CutAssessment.Of(account, found, planned, mails.Count - planned);
    }

    /// <summary>Null for an account that has churned.</summary>
    private static AccountAtCut? Assess(AccountOnDay account, RiskLevel level)
    {
        var context = account.Context;
        if (context.IsChurned)
            return null;
        var summary = PeopleSummary.None;
        var people = new List<(PersonContext Context, PersonAssessment Assessment)>(account.People.Count);
        var details = new Dictionary<string, PersonAssessment>(account.People.Count, StringComparer.Ordinal);
        foreach (var person in account.People)
        {
            var assessment = PersonAssessor.Assess(person);
            string key = person.Person.Key.Value;
            summary = summary.With(key, PersonFinding.None, assessment.Finding);
            people.Add((person, assessment));
            details[key] = assessment;
        }
        var named = context with { Names = PersonName.Of(account.People.Select(person => person.Person)) };
        return new AccountAtCut(context, people, summary, AccountAssessor.Assess(named, summary, details, level));
    }

    /// <summary>An account as it was read for the survey, under the norms that came of it; read now when it was not.</summary>
    private AccountOnDay OnDay(ReplayAccount account, int today)
    {
        var read = _surveyed.GetValueOrDefault(account) ?? Read(account, today);
        var context = read.Context with { Norms = _norms };
        return new AccountOnDay(context, read.People.ConvertAll(person => person with { Account = context }));
    }

    private AccountOnDay Read(ReplayAccount account, int today)
    {
        var context = AccountContext.Of(account.State, HistoryOf(account), replay.Model, replay.Known, today);
        return new AccountOnDay(
            context,
            [
                .. from person in account.People.All
                let seen = new PersonContext(
                    person,
                    account.State.Key.IsGroup ? new UsageView(person.History, replay.Model) : context.Usage,
                    context
                )
                where !seen.IsNobody
                select seen,
            ]
        );
    }

    private static History HistoryOf(ReplayAccount account) =>
        account.State.Key.IsGroup ? account.State.History : account.People.First.History;

    private sealed record AccountOnDay(AccountContext Context, List<PersonContext> People);

    private sealed record AccountAtCut(
        AccountContext Context,
        List<(PersonContext Context, PersonAssessment Assessment)> People,
        PeopleSummary Summary,
        Assessment Found
    );
}
