using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;
using Signals.Core.State.Accounts;

namespace Signals.Core.Response.Planning;

/// <summary>
/// What a message about a cause has to say, from the model, in one language: for the planner and for previews alike. Pure.
/// </summary>
public sealed class MessageContents(ValueModel model)
{
    /// <param name="cause">The cause.</param>
    /// <param name="detail">The step, feature or kind of friction it is about, or null.</param>
    /// <param name="locale">The reader's.</param>
    /// <param name="goal">What they came for, in their words; empty when unknown.</param>
    /// <param name="facts">Their account; null for a made-up customer.</param>
    /// <param name="usage">Their account's use; null for a made-up customer.</param>
    /// <param name="today">The day (UTC, by number) on which it is written.</param>
    public MessageVariables Of(string cause, string? detail, string locale, string goal, AccountFacts? facts, UsageView? usage, int today)
    {
        string language = MessageLanguages.For(locale, model.Locales);
        var step = cause == CauseIds.OnboardingStalled ? model.Onboarding.FirstOrDefault(known => known.Id == detail) : null;
        var kind = cause == CauseIds.Friction ? model.Friction.FirstOrDefault(known => known.Id == detail) : null;
        var sunset = cause == CauseIds.FeatureSunset ? model.Sunsets.FirstOrDefault(known => known.Feature == detail) : null;
        var feature =
            CauseCatalogue.Find(cause)?.ProposesFeature == true
                ? Proposal(cause, goal, facts?.Plan, usage, today)
                : model.Features.FirstOrDefault(known => known.Id == detail);
        var help = sunset is not null ? FeatureOf(sunset.ReplacementFeature)?.Help : step?.Help ?? kind?.Help ?? feature?.Help;
        var nextStep = model.PlaybookFor(cause).NextStep;
        return new MessageVariables
        {
            Product = model.Product,
            Cause = cause,
            // "Because you came for" is said of a feature only when it has something to do with it.
            Goal = cause == CauseIds.FeaturesUnused && feature is not null && GoalWords.Shared(feature, goal) == 0 ? "" : goal,
            AccountId = facts?.Id ?? "",
            AccountName = facts?.Name ?? "",
            Plan = facts?.Plan ?? "",
            Step = step is null
                ? null
                : new MessageStep(step.Id, step.Name.In(language), step.Help?.In(language) ?? "", Faq(step.Faq, language), 0, 0),
            Feature = feature is null
                ? null
                : new MessageFeature(
                    feature.Id,
                    feature.Name.In(language),
                    feature.Help?.In(language) ?? "",
                    feature.Description?.In(language) ?? ""
                ),
            Sunset = sunset is null ? null : SunsetOf(sunset, language, today),
            Friction = kind?.Name.In(language) ?? "",
            Fixed = kind?.Fixed?.In(language) ?? "",
            Faq = Faq(step?.Faq ?? kind?.Faq ?? [], language),
            Moment = CauseCatalogue.IsPraise(cause) ? detail ?? "" : "",
            ActionUrl = (nextStep?.Url ?? help)?.In(language),
            ActionLabel = nextStep?.Label?.In(language) ?? "",
            ValueUnit = model.Value.Unit,
        };
    }

    /// <summary>
    /// The key feature of the plan to begin with: the one that shares most with what they came for, else the first that has a help page.
    /// What is being retired is proposed to nobody; and who pays for more than they get is proposed what nobody of them uses.
    /// </summary>
    private Feature? Proposal(string cause, string goal, string? plan, UsageView? usage, int today)
    {
        var candidates = model.FeaturesOf(plan).Where(feature => feature.Key && !model.IsRetiring(feature.Id, today));
        if (cause == CauseIds.PriceOverValue && usage is not null)
            candidates = candidates.Where(feature => usage.Count(feature.Events, today - model.Value.Floor.Days + 1, today) == 0);
        return candidates
            .OrderByDescending(feature => GoalWords.Shared(feature, goal))
            .ThenByDescending(feature => feature.Help is not null)
            .FirstOrDefault();
    }

    private MessageSunset SunsetOf(Sunset sunset, string language, int today) =>
        new(
            NameOf(sunset.Feature, language),
            sunset.Why.In(language),
            sunset.LastOrder,
            sunset.Ends,
            sunset.Terms.In(language),
            NameOf(sunset.ReplacementFeature, language),
            sunset.Differences.In(language),
            [.. sunset.Steps.Select(step => step.In(language))]
        )
        {
            IsLastOrderNear = sunset.IsLastOrderNear(today),
        };

    private string NameOf(string feature, string language) => FeatureOf(feature)?.Name.In(language) ?? feature;

    private Feature? FeatureOf(string id) => model.Features.FirstOrDefault(feature => feature.Id == id);

    private static List<MessageFaq> Faq(IReadOnlyList<FaqEntry> entries, string language) =>
        [.. entries.Select(entry => new MessageFaq(entry.Question.In(language), entry.Answer.In(language)))];
}
