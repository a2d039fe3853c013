using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Retention;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
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

    private string Locale => model.TeamLocale;

    /// <param name="measures">The last measures, or null.</param>
    /// <param name="effects">What messages achieved.</param>
    /// <param name="openAlerts">Alerts that wait for an answer.</param>
    /// <param name="lateAlerts">Those of them that nobody answered in time.</param>
    public MessageReport ToMessage(ProductMeasures? measures, IReadOnlyList<PlaybookEffect> effects, int openAlerts, int lateAlerts) =>
        new(
            Days.Date(now.Day).ToString("yyyy-MM-dd"),
            now.Customers,
            Level(RiskLevel.Critical),
            Level(RiskLevel.AtRisk),
            Level(RiskLevel.Watch),
            Topics(),
            Retention(measures?.Retention),
            [
                .. effects
                    .Where(effect => effect.Message.Treated.People + effect.Message.Control.People > 0)
                    .OrderByDescending(effect => effect.Message.Treated.People)
                    .Take(MostEffects)
                    .Select(effect => new MessageReportEffect(
                        CauseNames.Of(effect.Playbook.Cause).In(Locale),
                        Words(effect.Message).In(Locale)
                    )),
            ],
            openAlerts,
            lateAlerts
        );

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
                .Topics.Where(topic =>
                    CauseCatalogue.Ids.Contains(CauseOf(topic.Key))
                    && !CauseCatalogue.IsPraise(CauseOf(topic.Key))
                    && (DetailOf(topic.Key) is not null || !detailed.Contains(topic.Key))
                )
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
                $"{count} account meets {FrictionName(kind)} far more than usual",
                $"{count} accounts meet {FrictionName(kind)} far more than usual"
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
        if (effect.Verdict == Verdict.TooEarly || effect.Interval is not { } interval)
        {
            int missing = effect.StillNeeded.Treated + effect.StillNeeded.Control;
            return missing == 0
                ? Phrase.Of("Too early to tell.")
                : Phrase.Of($"Too early to tell: {Format.People(missing)} more are needed.");
        }
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

    private LocalText FeatureName(string id) => model.Features.FirstOrDefault(feature => feature.Id == id)?.Name ?? id;

    private static string CauseOf(string topic) => topic.Split('/', 2)[0];

    private static string? DetailOf(string topic) =>
        topic.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? topic[(slash + 1)..] : null;
}
