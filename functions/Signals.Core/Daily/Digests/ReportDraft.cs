using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Retention;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Messages;

namespace Signals.Core.Daily.Digests;

/// <summary>Words a week's figures as the report says them. Pure.</summary>
/// <param name="model">The model, whose names stand for ids.</param>
/// <param name="now">The latest figures.</param>
/// <param name="before">Those of a week before; null when nothing was measured then.</param>
internal sealed class ReportDraft(ValueModel model, DayFigures now, DayFigures? before)
{
    private const int MostTopics = 10;
    private const int MostEffects = 10;

    /// <summary>So many customers, and so large a share of all, stuck at the same thing are the product's affair, not theirs.</summary>
    private const int FixFromAccounts = 5;
    private const double FixFromShare = 0.03;

    private const int MostToDo = 3;

    private readonly AlertMessages _words = new(model);

    private string Locale => model.TeamLocale;

    /// <param name="measures">The last measures, or null.</param>
    /// <param name="effects">What messages achieved.</param>
    /// <param name="week">What happened within the week.</param>
    public MessageReport ToMessage(ProductMeasures? measures, IReadOnlyList<PlaybookEffect> effects, ReportWeek week)
    {
        var known = effects.Where(effect => effect.Message.Treated.People + effect.Message.Control.People > 0).ToList();
        return new MessageReport(
            Days.Date(now.Day).ToString("yyyy-MM-dd"),
            now.Customers,
            Level(RiskLevel.Critical),
            Level(RiskLevel.AtRisk),
            Level(RiskLevel.Watch),
            Topics(),
            Retention(measures?.Retention),
            [
                .. known
                    .Where(effect => effect.Message.Verdict != Verdict.TooEarly)
                    .OrderByDescending(effect => effect.Message.Treated.People)
                    .Take(MostEffects)
                    .Select(effect => new MessageReportEffect(
                        CauseNames.Of(effect.Playbook.Cause).In(Locale),
                        Words(effect.Message).In(Locale)
                    )),
            ],
            week.Open.Count,
            week.Late
        )
        {
            Money = Money(week),
            ToDo = [.. ToDo(week).Take(MostToDo)],
            Footnote = Footnote(known).In(Locale),
        };
    }

    /// <summary>Money first; null where nobody is known to pay.</summary>
    private MessageReportMoney? Money(ReportWeek week)
    {
        if (now.Levels.Sum(level => level.Price) <= 0)
            return null;
        double atRisk = AtRisk(now);
        return new MessageReportMoney(
            atRisk > 0 ? _words.Price(atRisk) : Phrase.Of("nothing").In(Locale),
            before is null || (atRisk == 0 && AtRisk(before) == 0) ? "" : MoneyChange(atRisk - AtRisk(before)).In(Locale),
            _words.Price(week.Recovered.Price),
            Format.Count(week.Recovered.Accounts, "{0} customer recovered", "{0} customers recovered").In(Locale),
            _words.Price(week.Left.Price),
            Format.Count(week.Left.Accounts, "{0} customer left", "{0} customers left").In(Locale)
        );
    }

    private static double AtRisk(DayFigures figures) =>
        figures.Levels[(int)RiskLevel.AtRisk].Price + figures.Levels[(int)RiskLevel.Critical].Price;

    private Phrase MoneyChange(double difference) =>
        Math.Round(difference) switch
        {
            0 => Phrase.Of("as much as a week ago"),
            > 0 => Phrase.Of($"{Format.Money(difference)} {model.Currency} more than a week ago"),
            _ => Phrase.Of($"{Format.Money(-difference)} {model.Currency} less than a week ago"),
        };

    /// <summary>
    /// The customer to talk to first, what to have fixed, what waits too long, then further customers: whoever has little time does the
    /// first.
    /// </summary>
    private IEnumerable<MessageReportThing> ToDo(ReportWeek week)
    {
        var calls = week.Open.OrderByDescending(alert => alert.Level).ThenByDescending(alert => alert.Price).Select(Call).ToList();
        foreach (var call in calls.Take(1))
            yield return call;
        var fixes = now.Topics.Where(topic => IsTold(topic.Key) && IsWorthFixing(DetailOf(topic.Key), topic.Value));
        foreach (var (topic, figures) in fixes.OrderByDescending(topic => topic.Value.Price).Take(1))
        {
            var sentence = Sentence(CauseOf(topic), DetailOf(topic), figures.Accounts);
            var thing =
                figures.Price > 0
                    ? Phrase.Of($"Have the product fixed: {sentence}. Together they pay {_words.Price(figures.Price)}.")
                    : Phrase.Of($"Have the product fixed: {sentence}.");
            yield return new MessageReportThing(thing.In(Locale), "");
        }
        if (week.Late > 0)
        {
            var thing =
                week.Late == 1
                    ? Phrase.Of("Answer the alert that waits for longer than agreed.")
                    : Phrase.Of($"Answer the {week.Late} alerts that wait for longer than agreed.");
            yield return new MessageReportThing(thing.In(Locale), "");
        }
        foreach (var call in calls.Skip(1))
            yield return call;
    }

    private MessageReportThing Call(Alert alert)
    {
        string why = alert.Causes.Count > 0 ? CauseNames.Of(alert.Causes[0].Id).In(Locale) : "";
        string price = _words.Price(alert.Price, alert.TrialEndsAt is { } ends && Days.Of(ends) > now.Day),
            account = price.Length > 0 ? Phrase.Of($"{alert.AccountName} ({price})").In(Locale) : alert.AccountName;
        return alert.Contacts.Count > 0
            ? new MessageReportThing(
                Phrase.Of($"Talk to {alert.Contacts[0].Name} about {account}: {why}.").In(Locale),
                alert.Contacts[0].Person
            )
            : new MessageReportThing(Phrase.Of($"Talk to {account}: {why}.").In(Locale), "");
    }

    private static bool IsTold(string topic) => CauseCatalogue.Ids.Contains(CauseOf(topic)) && !CauseCatalogue.IsPraise(CauseOf(topic));

    /// <summary>How far the effect of messages is from being told, once for all of them.</summary>
    private static Phrase Footnote(List<PlaybookEffect> effects)
    {
        var early = effects.Where(effect => effect.Message.Verdict == Verdict.TooEarly).ToList();
        if (early.Count == 0)
            return Phrase.Empty;
        int missing = early.Max(effect => effect.Message.StillNeeded.Treated + effect.Message.StillNeeded.Control);
        bool areOthers = early.Count < effects.Count;
        return (areOthers, missing) switch
        {
            (true, 0) => Phrase.Of("What the other messages achieve cannot be told yet."),
            (false, 0) => Phrase.Of("What the messages achieve cannot be told yet."),
            (true, _) => Phrase.Of($"What the other messages achieve cannot be told yet: it takes up to {missing} more people."),
            _ => Phrase.Of($"What the messages achieve cannot be told yet: it takes up to {missing} more people."),
        };
    }

    private MessageReportLevel Level(RiskLevel level)
    {
        int accounts = now.Levels[(int)level].Accounts;
        return new MessageReportLevel(accounts, before is null ? "" : Change(accounts - before.Levels[(int)level].Accounts).In(Locale));
    }

    /// <summary>
    /// What is worth fixing first, then what else holds most accounts back; in detail where there is one: the cause as a whole says less
    /// than the step it is about.
    /// </summary>
    private List<MessageReportTopic> Topics()
    {
        var detailed = now
            .Topics.Keys.Where(topic => topic.Contains('/', StringComparison.Ordinal))
            .Select(CauseOf)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. now
                .Topics.Where(topic => IsTold(topic.Key) && (DetailOf(topic.Key) is not null || !detailed.Contains(topic.Key)))
                .OrderByDescending(topic => IsWorthFixing(DetailOf(topic.Key), topic.Value))
                .ThenByDescending(topic => topic.Value.Accounts)
                .ThenByDescending(topic => topic.Value.AtRisk)
                .ThenBy(topic => topic.Key, StringComparer.Ordinal)
                .Take(MostTopics)
                .Select(topic => Topic(CauseOf(topic.Key), DetailOf(topic.Key), topic.Value)),
        ];
    }

    private MessageReportTopic Topic(string cause, string? detail, TopicFigures figures) =>
        new(
            Sentence(cause, detail, figures.Accounts).In(Locale),
            figures.AtRisk,
            before is null ? "" : Change(figures.Accounts - before.Of(cause, detail).Accounts).In(Locale),
            IsWorthFixing(detail, figures)
        );

    private bool IsWorthFixing(string? detail, TopicFigures figures) =>
        detail is not null && figures.Accounts >= FixFromAccounts && figures.Accounts >= FixFromShare * now.Customers;

    /// <summary>"37 accounts are stuck at Import your users".</summary>
    private Phrase Sentence(string cause, string? detail, int count) =>
        (cause, detail) switch
        {
            (CauseIds.OnboardingStalled, { } step) => Phrase.Counted(
                count,
                $"{count} account is stuck at “{StepName(step)}”",
                $"{count} accounts are stuck at “{StepName(step)}”"
            ),
            (CauseIds.Friction, { } kind) => Phrase.Counted(
                count,
                $"{count} account has trouble with {FrictionName(kind)}",
                $"{count} accounts have trouble with {FrictionName(kind)}"
            ),
            (CauseIds.FeaturesUnused, { } feature) => Phrase.Counted(
                count,
                $"{count} account pays for {FeatureName(feature)} and does not use it",
                $"{count} accounts pay for {FeatureName(feature)} and do not use it"
            ),
            (CauseIds.FeatureSunset, { } feature) => Phrase.Counted(
                count,
                $"{count} account still uses {FeatureName(feature)}, which ends",
                $"{count} accounts still use {FeatureName(feature)}, which ends"
            ),
            (_, { } about) => Phrase.Of($"{Accounts(count)}: {CauseNames.Of(cause)}, {about}"),
            _ => Phrase.Of($"{Accounts(count)}: {CauseNames.Of(cause)}"),
        };

    private static Phrase Accounts(int count) => Format.Count(count, "{0} account", "{0} accounts");

    private List<string> Retention(RetentionPeriod? period)
    {
        var lines = new List<string>();
        if (period?.Customers is { Share: not null } customers)
        {
            lines.Add(Phrase.Of($"{Range(customers)} of the {customers.Of} customers of 30 days ago are still customers.").In(Locale));
        }
        if (period?.Value is { Share: not null } value)
        {
            lines.Add(Phrase.Of($"{Range(value)} of the {value.Of} accounts that got their value then get it now.").In(Locale));
        }
        return lines;
    }

    /// <summary>"96% (93% to 98%)".</summary>
    private static Phrase Range(Proportion proportion) =>
        Phrase.Of($"{Format.Percent(proportion.Share!.Value)} ({Format.Percent(proportion.Low)} to {Format.Percent(proportion.High)})");

    private static Phrase Words(Comparison effect)
    {
        var reached =
            effect.Treated.Rate is { } with && effect.Control.Rate is { } without
                ? Phrase.Of(
                    $"{Format.Percent(with)} of {effect.Treated.People} reached the goal with the message, {Format.Percent(without)} of "
                        + $"{effect.Control.People} without."
                )
                : Phrase.Of($"{effect.Treated.Reached} of {effect.Treated.People} reached the goal; nobody to compare with yet.");
        return Phrase.Of($"{reached} {VerdictOf(effect)}");
    }

    private static Phrase VerdictOf(Comparison effect)
    {
        if (effect.Interval is not { } interval)
            return Phrase.Of("Too early to tell.");
        var points = Phrase.Of($"{Points(interval.Low)} to {Points(interval.High)} points");
        return effect.Verdict switch
        {
            Verdict.Helps => Phrase.Of($"It helps: {points}."),
            Verdict.Harms => Phrase.Of($"It harms: {points}."),
            _ => Phrase.Of($"No difference shown: {points}."),
        };
    }

    private static string Points(double share) => (share * 100).ToString("+0;−0;0");

    private static Phrase Change(int difference) =>
        difference switch
        {
            0 => Phrase.Of("as many as a week ago"),
            > 0 => Phrase.Of($"{difference} more than a week ago"),
            _ => Phrase.Of($"{-difference} fewer than a week ago"),
        };

    private LocalText StepName(string id) => model.Onboarding.FirstOrDefault(step => step.Id == id)?.Name ?? id;

    private LocalText FrictionName(string id) => model.Friction.FirstOrDefault(kind => kind.Id == id)?.Name ?? id;

    private LocalText FeatureName(string id) => model.FeatureOf(id)?.Name ?? id;

    private static string CauseOf(string topic) => topic.Split('/', 2)[0];

    private static string? DetailOf(string topic) =>
        topic.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? topic[(slash + 1)..] : null;
}
