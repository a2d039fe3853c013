using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;
using Signals.Core.State.People;

namespace Signals.Core.Response.ValueReports;

/// <summary>Makes a value report of what is known of an account. Pure.</summary>
public static class ValueReportBuilder
{
    /// <summary>Of more people nobody is counted by feature: their rows would be too many to read.</summary>
    public const int MostPeople = 200;

    private const int MostUnused = 6;
    private const int MostSteps = 3;

    /// <param name="account">The account.</param>
    /// <param name="people">All its people, at most <see cref="MostPeople"/>; null where there are more.</param>
    /// <param name="quarter">What it tells of.</param>
    /// <param name="language">One that the team reads, so that all words are there.</param>
    public static ValueReport Build(AccountContext account, IReadOnlyList<PersonState>? people, Quarter quarter, string language)
    {
        var (model, usage, facts) = (account.Model, account.Usage, account.Facts);
        int from = quarter.First.DayNumber,
            to = Math.Max(from, Math.Min(quarter.Last.DayNumber, account.Yesterday)),
            days = to - from + 1,
            before = quarter.Before.First.DayNumber;
        var counted = people?.Select(person => new UsageView(person.History, model)).ToList();
        var features = model
            .FeaturesOf(facts.Plan)
            .Where(feature => !model.IsRetiring(feature.Id, account.Today))
            .Select(feature => (Feature: feature, Told: Of(feature, usage, counted, from, to, language)))
            .ToList();
        bool wasThere = usage.FirstDay <= before && before > account.Today - History.RetentionDays && account.KnowsValueFrom(before);
        return new ValueReport
        {
            Language = language,
            Product = model.Product,
            Customer = facts.ToldName.Length > 0 ? facts.ToldName : facts.Name,
            Quarter = quarter.ToString(),
            From = Days.Date(from),
            To = Days.Date(to),
            CameFor = facts.Goal,
            Goals =
            [
                .. GoalProgress
                    .Of(facts.Goal, usage, model, to)
                    .Select(progress => new ReportGoal(
                        progress.Goal.Name.In(language),
                        usage.Count(progress.Goal.Events, from, to),
                        Math.Max(1, Math.Round(progress.Goal.Amount * days / progress.Goal.Days))
                    )),
            ],
            Unit = model.Value.Unit,
            Value = Math.Max(0, usage.Value(from, to)),
            ValueBefore = wasThere ? Math.Max(0, usage.Value(before, Math.Min(before + days, from) - 1)) : null,
            DaysOfValue = usage.ValueDays(from, to),
            Reached = model.Reach is { } reach && usage.Distinct(reach, from, to) is { } reached ? (long)Math.Round(reached) : null,
            People = counted?.Count(person => Worked(person, model, from, to)),
            Seats = facts.Seats,
            Used = [.. features.Where(one => one.Told.Times > 0).OrderByDescending(one => one.Told.Times).Select(one => one.Told)],
            Unused =
            [
                .. features
                    .Where(one => one.Told.Times == 0)
                    .OrderByDescending(one => GoalWords.Shared(one.Feature, facts.Goal))
                    .ThenByDescending(one => one.Feature.Key)
                    .Take(MostUnused)
                    .Select(one => one.Told),
            ],
            Asked = account.Account.Tickets.All.Count(ticket => IsWithin(ticket.OpenedAt, from, to)),
            Solved = account.Account.Tickets.All.Count(ticket => IsWithin(ticket.OpenedAt, from, to) && !ticket.IsOpen),
            Endings = [.. Endings(account, from, to, language)],
            Steps =
            [
                .. model
                    .Onboarding.Where(step => step.Scope == StepScope.Account && usage.CountEver(step.Done) == 0)
                    .Where(_ => account.CameAfterCollecting)
                    .Take(MostSteps)
                    .Select(step => new ReportStep(step.Name.In(language), step.Help?.In(language))),
            ],
            RenewsOn = facts.RenewalAt is { } renewal && Days.Of(renewal) > account.Today ? Days.Date(Days.Of(renewal)) : null,
            Contact = facts.Csm is { } csm && model.MayLookAfter(csm) ? csm : null,
        };
    }

    private static IEnumerable<ReportEnding> Endings(AccountContext account, int first, int last, string language) =>
        from sunset in account.Model.Sunsets
        where sunset.Announced.DayNumber <= account.Today && sunset.Ends.DayNumber >= account.Today
        join feature in account.Model.Features on sunset.Feature equals feature.Id
        join replacement in account.Model.Features on sunset.ReplacementFeature equals replacement.Id
        where account.Usage.Count(feature.Events, first, last) > 0
        select new ReportEnding(feature.Name.In(language), sunset.Ends, replacement.Name.In(language), sunset.Terms.In(language));

    private static ReportFeature Of(
        Feature feature,
        UsageView usage,
        IReadOnlyList<UsageView>? people,
        int from,
        int to,
        string language
    ) =>
        new(
            feature.Name.In(language),
            feature.Description?.In(language),
            feature.Help?.In(language),
            usage.Count(feature.Events, from, to),
            people?.Count(person => person.Count(feature.Events, from, to) > 0)
        );

    /// <summary>A seat is used by whoever got value or used a feature, were it a free one.</summary>
    private static bool Worked(UsageView person, ValueModel model, int from, int to) =>
        person.Value(from, to) > 0 || model.Features.Any(feature => person.Count(feature.Events, from, to) > 0);

    private static bool IsWithin(DateTimeOffset? at, int from, int to) =>
        at is { } moment && Days.Of(moment) is var day && day >= from && day <= to;
}
