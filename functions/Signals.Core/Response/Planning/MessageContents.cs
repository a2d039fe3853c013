using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.Delight;
using Signals.Core.Diagnosis.Causes.PaymentFailing;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Messages;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>
/// What a message about a cause has to say, from the model, in one language: for the planner and for previews alike. Pure.
/// </summary>
public sealed class MessageContents(ValueModel model)
{
    /// <summary>Days in which somebody used what they work with.</summary>
    private const int DaysOfHabit = 90;

    /// <summary>Days before the end of a trial or term in which messages speak of it.</summary>
    private const int DaysOfEnd = 14;

    /// <summary>Characters of a customer's words that a mail quotes; longer ones are thanked for without.</summary>
    private const int LongestQuote = 200;

    private readonly MessageFitness _fitness = new(model);

    /// <summary>What a message says to somebody of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="person">The reader.</param>
    /// <param name="cause">The cause.</param>
    /// <param name="detail">The step, feature or kind of friction it is about, or null.</param>
    /// <param name="locale">The reader's.</param>
    /// <param name="goal">What they came for, in their words; empty when unknown.</param>
    public MessageVariables For(AccountContext account, PersonState person, string cause, string? detail, string locale, string goal)
    {
        var own = new UsageView(person.History, model);
        var contents = Of(cause, detail, locale, goal, account.Facts, account.Usage, account.Today, own);
        string trialEndsOn = Ahead(account, account.Facts.TrialEndsAt);
        return contents with
        {
            IsTeam = account.Account.Key.IsGroup,
            Sunset =
                contents.Sunset is { } sunset && IsReminder(person, cause, detail) ? sunset.RemindingOn(account.Today) : contents.Sunset,
            IsExperienced = _fitness.IsExperienced(own, account.Today),
            TrialEndsOn = trialEndsOn,
            TrialEndsSoon = MessageVariables.IsSoon(trialEndsOn, account.Today),
            TrialEndedOn =
                MessageFitness.TrialEndedAt(account) is { } ended && account.Today - Days.Of(ended) <= DaysOfEnd ? DayOf(ended) : "",
            // What comes first is decided first.
            RenewsOn = trialEndsOn.Length > 0 ? "" : Ahead(account, account.Facts.RenewalAt),
            Payment = cause == CauseIds.PaymentFailing ? PaymentOf(account, MessageLanguages.For(locale, model.Locales)) : null,
            Praise = contents.Moment == DelightRule.PraiseDetail ? PraiseOf(account, person) : "",
            Step =
                contents.Step is { } step && model.Onboarding.First(known => known.Id == step.Id) is { } tried
                    ? step with
                    {
                        Tries = Count(own, tried.Tried),
                        Failures = Count(own, tried.Failed),
                    }
                    : null,
        };
    }

    /// <param name="cause">The cause.</param>
    /// <param name="detail">The step, feature or kind of friction it is about, or null.</param>
    /// <param name="locale">The reader's.</param>
    /// <param name="goal">What they came for, in their words; empty when unknown.</param>
    /// <param name="facts">Their account; null for a made-up customer.</param>
    /// <param name="usage">Their account's use; null for a made-up customer.</param>
    /// <param name="today">The day (UTC, by number) on which it is written.</param>
    /// <param name="own">The reader's own use; null for a made-up customer.</param>
    public MessageVariables Of(
        string cause,
        string? detail,
        string locale,
        string goal,
        AccountFacts? facts,
        UsageView? usage,
        int today,
        UsageView? own = null
    )
    {
        string language = MessageLanguages.For(locale, model.Locales);
        var step = cause == CauseIds.OnboardingStalled ? model.Onboarding.FirstOrDefault(known => known.Id == detail) : null;
        var kind = cause == CauseIds.Friction ? model.Friction.FirstOrDefault(known => known.Id == detail) : null;
        var sunset = cause == CauseIds.FeatureSunset ? model.Sunsets.FirstOrDefault(known => known.Feature == detail) : null;
        var feature =
            CauseCatalogue.Find(cause)?.ProposesFeature == true
                ? Proposal(cause, goal, facts?.Plan, usage, own, today)
                : model.FeatureOf(detail);
        var help = sunset is not null ? model.FeatureOf(sunset.ReplacementFeature)?.Help : step?.Help ?? kind?.Help ?? feature?.Help;
        var nextStep = model.PlaybookFor(cause).NextStep;
        return new MessageVariables
        {
            Product = model.Product,
            Cause = cause,
            // "Because you came for" is said of a feature only when it has something to do with it.
            Goal = cause == CauseIds.FeaturesUnused && feature is not null && GoalWords.Shared(feature, goal) == 0 ? "" : goal,
            AccountId = facts?.Id ?? "",
            AccountName = facts?.ToldName ?? "",
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
                )
                {
                    WasUsed = usage?.CountEver(feature.Events) > 0,
                },
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
    /// The feature of the plan to begin with: the one that shares most with what they came for, else the first key one with a help page.
    /// What is being retired is proposed to nobody, nor to somebody what they work with already; and who pays for more than they get is
    /// proposed what nobody of them uses.
    /// </summary>
    private Feature? Proposal(string cause, string goal, string? plan, UsageView? usage, UsageView? own, int today)
    {
        var candidates = model
            .FeaturesOf(plan)
            .Where(feature => (feature.Key || GoalWords.Shared(feature, goal) > 0) && !model.IsRetiring(feature.Id, today));
        if (cause == CauseIds.PriceOverValue && usage is not null)
            candidates = candidates.Where(feature => usage.Count(feature.Events, today - model.Value.Floor.Days + 1, today) == 0);
        if (own is not null)
            candidates = candidates.Where(feature => own.Count(feature.Events, today - DaysOfHabit + 1, today) == 0);
        return candidates
            .OrderByDescending(feature => GoalWords.Shared(feature, goal))
            .ThenByDescending(feature => feature.Key)
            .ThenByDescending(feature => feature.Help is not null)
            .FirstOrDefault();
    }

    /// <summary>A day that is soon, as yyyy-MM-dd in the model's zone; empty otherwise.</summary>
    private string Ahead(AccountContext account, DateTimeOffset? moment) =>
        moment is { } known && Days.Of(known) - account.Today is >= 0 and <= DaysOfEnd ? DayOf(known) : "";

    /// <summary>yyyy-MM-dd in the model's zone.</summary>
    private string DayOf(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, model.TimeZone).ToString("yyyy-MM-dd");

    private MessagePayment? PaymentOf(AccountContext account, string language) =>
        PaymentFailingRule.Last(account) is var (day, amount)
            ? new MessagePayment(
                amount is { } due ? Phrase.Of($"{Format.Money(due)} {model.Currency}").In(language) : "",
                day.ToString("yyyy-MM-dd")
            )
            : null;

    /// <summary>What the person said last, where it is praise and short enough to be quoted; else empty.</summary>
    private static string PraiseOf(AccountContext account, PersonState person) =>
        account.Account.Feedback.Answers.LastOrDefault(answer => answer.Person == person.Key.Value && answer.Kind != FeedbackKind.Leaving)
            is { Comment: { Length: <= LongestQuote } comment, Words.Sentiment: TextSentiment.Positive }
            ? comment
            : "";

    private static bool IsReminder(PersonState person, string cause, string? detail) =>
        person.Outreach.Exists(memory => memory.Cause == cause && memory.Detail == detail);

    private static int Count(UsageView usage, IReadOnlyList<string> events) => (int)Math.Min(int.MaxValue, usage.CountEver(events));

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

    private string NameOf(string feature, string language) => model.FeatureOf(feature)?.Name.In(language) ?? feature;

    private static List<MessageFaq> Faq(IReadOnlyList<FaqEntry> entries, string language) =>
        [.. entries.Select(entry => new MessageFaq(entry.Question.In(language), entry.Answer.In(language)))];
}
