using Signals.Core.Causes;
using Signals.Core.Model;
using Signals.Core.Outreach;

namespace Signals.Local.CommandLine;

/// <summary>A made-up customer of the model's product, for looking at messages.</summary>
public static class PreviewVariables
{
    public static MessageVariables Of(ValueModel model, string cause)
    {
        var step = model.Onboarding.Count > 0 ? model.Onboarding[0] : null;
        var feature = model.Features.FirstOrDefault(known => known.Key) ?? (model.Features.Count > 0 ? model.Features[0] : null);
        bool isOnboarding = cause == CauseIds.OnboardingStalled;
        var sunset = model.Sunsets.Count > 0 ? model.Sunsets[0] : null;
        MessageEvidence[] evidence = [new("an example of what was seen", "3", "10", "2026-01-31")];
        return new MessageVariables
        {
            Product = model.Product,
            Cause = cause,
            PersonName = "Ada Martin",
            PersonEmail = "ada@example.com",
            AccountId = "example",
            AccountName = "Example Ltd",
            Plan = model.Plans.Keys.LastOrDefault() ?? "",
            Step = step is not null && isOnboarding ? new MessageStep(step.Id, step.Name, step.Help ?? "", step.Faq, 3, 2) : null,
            Feature = feature is null ? null : new MessageFeature(feature.Id, feature.Name, feature.Help ?? "", feature.Description ?? ""),
            Friction = cause == CauseIds.Friction && model.Friction.Count > 0 ? model.Friction[0].Name : "",
            Sunset = sunset is null || cause != CauseIds.FeatureSunset ? null : SunsetOf(model, sunset),
            ActionUrl = (isOnboarding ? step?.Help : null) ?? feature?.Help,
            ValueUnit = model.Value.Unit,
            SenderName = model.Outreach.From.Name ?? model.Product,
            PostalAddress = model.Outreach.PostalAddress ?? "",
            UnsubscribeUrl = $"{model.Outreach.PublicUrl ?? "https://signals.example"}/u/preview",
            AccountUrl = $"{model.Outreach.PublicUrl ?? "https://signals.example"}/accounts/example",
            RiskLevel = RiskLevel.AtRisk.Name(),
            PreviousRiskLevel = RiskLevel.Healthy.Name(),
            RiskScore = 60,
            Evidence = evidence,
            Causes = [new MessageCause(CauseIds.ValueNotFound, CauseNames.Of(CauseIds.ValueNotFound).En, 80, 3, evidence)],
            RaisedBy = ["12 minutes in 14 days; about 60 is usual for them"],
            Questions = [.. CauseQuestions.Of(CauseIds.ValueNotFound).Select(question => question.En)],
        };
    }

    private static MessageSunset SunsetOf(ValueModel model, Sunset sunset) => new(
        NameOf(model, sunset.Feature), sunset.Why, sunset.LastOrder, sunset.Ends, sunset.Terms,
        NameOf(model, sunset.ReplacementFeature), sunset.Differences, sunset.Steps);

    private static string NameOf(ValueModel model, string feature) => model.Features.First(known => known.Id == feature).Name;
}
