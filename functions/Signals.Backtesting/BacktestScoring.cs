using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>Holds what the cuts said against what happened.</summary>
internal sealed class BacktestScoring(Replay replay, BacktestSettings settings, List<Cut> cuts)
{
    public BacktestResult Score(DateTimeOffset first, DateTimeOffset last, long late)
    {
        var table = new ScoreTable(cuts, settings.HorizonDays);
        var ranked = table.Scores.Select((score, row) => new Scored(score, table.Happened[row] == 1)).ToList();
        var findings = Findings();
        double weeks = cuts.Count * settings.StepDays / 7.0;
        var leads = Leads();
        var reviewed = replay.Accounts.Values.Where(replay.IsReviewed).ToList();
        var people = replay.Accounts.Values.SelectMany(account => account.People.All.Select(person => person.Key)).ToHashSet();
        int anonymous = people.Count(person => person.IsAnonymous);
        return new BacktestResult
        {
            Settings = settings,
            From = first,
            To = last,
            Folded = replay.Folded,
            Duplicates = replay.Duplicates,
            Late = late,
            Seen = replay.NamesSeen,
            People = people.Count - anonymous,
            Anonymous = anonymous,
            Accounts = reviewed.Count,
            Churned = reviewed.Count(account => account.Churns.Count > 0),
            Cuts = findings,
            Outcomes = findings.Aggregate(Outcomes.None, (sum, cut) => sum + cut.Outcomes),
            Auc = Ranking.Auc(ranked),
            AveragePrecision = Ranking.AveragePrecision(ranked),
            TopDecileLift = Ranking.TopDecileLift(ranked),
            MedianLeadDays = Median.Of(leads),
            Leads = leads.Count,
            LeadDays = leads,
            Causes = new CauseScoring(cuts, settings).Findings(),
            Intervals = Intervals.Of(table, leads),
            Calibration = ScoreCalibration.Of(table, replay.Model.Risk is not null),
            Curves = table.Rows == 0 ? null : ScoreCurves.Of(table),
            FlagsPerWeek = cuts.Count == 0 ? null : findings.Sum(cut => cut.NewlyFlagged) / weeks,
            MailsPerWeek = cuts.Count == 0 ? null : findings.Sum(cut => cut.Mails) / weeks,
        };
    }

    private bool Churns(Cut cut, CutAssessment assessment) => assessment.ChurnsWithin(cut.At, cut.At.AddDays(settings.HorizonDays));

    private List<CutFindings> Findings()
    {
        var findings = new List<CutFindings>(cuts.Count);
        var flaggedBefore = new HashSet<ReplayAccount>();
        foreach (var cut in cuts)
        {
            var flagged = cut
                .Assessments.Where(assessment => assessment.IsFlagged)
                .Select(assessment => assessment.Account.Current)
                .ToHashSet();
            findings.Add(Findings(cut, flagged.Count(account => !flaggedBefore.Contains(account))));
            flaggedBefore = flagged;
        }
        return findings;
    }

    private CutFindings Findings(Cut cut, int newlyFlagged)
    {
        var causes = new Dictionary<string, int>(StringComparer.Ordinal);
        var outcomes = Outcomes.None;
        int mails = 0,
            heldOut = 0;
        foreach (var assessment in cut.Assessments)
        {
            bool churns = Churns(cut, assessment),
                flagged = assessment.IsFlagged;
            outcomes += new Outcomes(1, churns ? 1 : 0, flagged ? 1 : 0, churns && flagged ? 1 : 0);
            mails += assessment.Mails;
            heldOut += assessment.HeldOut;
            foreach (int cause in Enumerable.Range(0, CauseCatalogue.Ids.Count).Where(assessment.Has))
                causes[CauseCatalogue.Ids[cause]] = causes.GetValueOrDefault(CauseCatalogue.Ids[cause]) + 1;
        }
        return new CutFindings(cut.At, outcomes, causes, newlyFlagged, mails, heldOut);
    }

    /// <summary>
    /// Days from the first of the unbroken flags that lead up to a churn, for each account that was flagged at the last cut before it and
    /// within the horizon of it; its first such churn counts.
    /// </summary>
    private List<double> Leads()
    {
        var leads = new Dictionary<ReplayAccount, double>();
        var flaggedSince = new Dictionary<ReplayAccount, DateTimeOffset>();
        for (int i = 0; i < cuts.Count; i++)
        {
            var cut = cuts[i];
            var end = cut.At.AddDays(settings.HorizonDays);
            if (i + 1 < cuts.Count && cuts[i + 1].At < end)
                end = cuts[i + 1].At;
            var since = new Dictionary<ReplayAccount, DateTimeOffset>();
            foreach (var assessment in cut.Assessments.Where(assessment => assessment.IsFlagged))
            {
                var account = assessment.Account.Current;
                since[account] = flaggedSince.GetValueOrDefault(account, cut.At);
                if (account.Churns.Any(churn => churn >= cut.At && churn < end))
                    leads.TryAdd(account, (account.Churns.Where(churn => churn >= cut.At).Min() - since[account]).TotalDays);
            }
            flaggedSince = since;
        }
        return [.. leads.Values];
    }
}
