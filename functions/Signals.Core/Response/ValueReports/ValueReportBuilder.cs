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
                        Math.Max(1, Math.Round(progress.Goal.Amount * days / progress.Goal.Days)),
                        LackOf(progress.Goal, facts.Plan, account, language)
                    )),
            ],
            Unit = model.Value.Unit,
            Value = Math.Max(0, usage.Value(from, to)),
            ValueBefore = wasThere ? Math.Max(0, usage.Value(before, Math.Min(before + days, from) - 1)) : null,
            DaysOfValue = usage.ValueDays(from, to),
            Reached = model.Reach is { } reach && usage.Distinct(reach, from, to) is { } reached ? (long)Math.Round(reached) : null,
            People = counted?.Count(person => Worked(person, model, from, to)),
            Seats = facts.Seats,
            PaysNothing = facts.Price <= 0 || facts.IsOnTrial(account.Today),
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
            Endings = [.. PlanEndings(account, language), .. Endings(account, from, to, language)],
            Steps =
            [
                .. model
                    .Onboarding.Where(step => step.Scope == StepScope.Account && usage.CountEver(step.Done) == 0)
                    .Where(_ => account.CameAfterCollecting)
                    .Take(MostSteps)
                    .Select(step => new ReportStep(step.Name.In(language), step.Help?.In(language))),
            ],
            RenewsOn = facts.Price > 0 ? Ahead(facts.RenewalAt, account) : null,
            TrialEndsOn = Ahead(facts.TrialEndsAt, account),
            Contact = facts.Csm is { } csm && model.MayLookAfter(csm) ? csm : null,
        };
    }

    private static DateOnly? Ahead(DateTimeOffset? at, AccountContext account) =>
        at is { } moment && Days.Of(moment) > account.Today ? Days.Date(Days.Of(moment)) : null;

    /// <summary>What a goal takes, where every feature that counts toward it is one of other plans.</summary>
    private static ReportLack? LackOf(CustomerGoal goal, string? plan, AccountContext account, string language)
    {
        var model = account.Model;
        var taking = model
            .Features.Where(feature => feature.Events.Intersect(goal.Events, StringComparer.Ordinal).Any())
            .Where(feature => !model.IsRetiring(feature.Id, account.Today))
            .ToList();
        if (taking.Count == 0 || model.FeaturesOf(plan).Intersect(taking).Any())
            return null;
        string[] plans =
        [
            .. model
                .Plans.Values.Where(other => model.FeaturesOf(other.Id).Contains(taking[0]) && !model.IsEnding(other.Id))
                .OrderBy(other => other.Price)
                .Select(other => other.Id),
        ];
        return plans.Length == 0 ? null : new ReportLack(taking[0].Name.In(language), plans);
    }

    private static IEnumerable<ReportEnding> Endings(AccountContext account, int first, int last, string language) =>
        from sunset in account.Model.Sunsets
        where sunset.Announced.DayNumber <= account.Today && sunset.Ends.DayNumber >= account.Today
        join feature in account.Model.Features on sunset.Feature equals feature.Id
        join replacement in account.Model.Features on sunset.ReplacementFeature equals replacement.Id
        where account.Usage.Count(feature.Events, first, last) > 0
        select new ReportEnding(feature.Name.In(language), sunset.Ends, replacement.Name.In(language), sunset.Terms.In(language));

    /// <summary>Their plan, once its end was announced: by the day and terms that were agreed with them, where there are such.</summary>
    private static IEnumerable<ReportEnding> PlanEndings(AccountContext account, string language) =>
        from sunset in account.Model.PlanSunsets
        where sunset.IsOf(account.Facts.Plan) && sunset.Announced.DayNumber <= account.Today
        let exception = sunset.ExceptionFor(account.Facts.Id)
        let ends = exception?.Until ?? sunset.Ends
        where ends.DayNumber >= account.Today
        let words = exception is null ? [sunset.Differences, sunset.Terms, .. sunset.Guarantees] : new[] { exception.Terms }
        select new ReportEnding(
            sunset.Plan,
            ends,
            sunset.ReplacementPlan,
            string.Join(' ', words.Select(text => text.In(language))),
            exception is null && Ahead(account.Facts.RenewalAt, account) > ends
        );

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
