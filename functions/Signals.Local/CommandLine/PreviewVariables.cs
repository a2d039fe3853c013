using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.Delight;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;

namespace Signals.Local.CommandLine;

/// <summary>A made-up customer of the model's product, for looking at messages: what the product says of itself is the model's.</summary>
public static class PreviewVariables
{
    private const int SunsetNotice = 90;

    private static readonly Phrase Goal = Phrase.Of("answer every customer within an hour");

    private static readonly Phrase What = Phrase.Of("exports end without a file");

    /// <param name="model">The model.</param>
    /// <param name="cause">A cause, or a template of another use.</param>
    /// <param name="locale">The reader's.</param>
    /// <param name="today">The day on which it would be written.</param>
    public static MessageVariables Of(ValueModel model, string cause, string locale, DateOnly today)
    {
        var shown = cause == CauseIds.FeatureSunset ? WithSunset(model, today) : model;
        var contents = new MessageContents(shown);
        string language = MessageLanguages.For(locale, model.Locales),
            goal = Goal.In(language);
        var variables = CauseCatalogue.Ids.Contains(cause)
            ? contents.Of(cause, DetailOf(shown, cause), locale, goal, null, null, today.DayNumber)
            : new MessageVariables
            {
                Product = model.Product,
                Cause = cause,
                Goal = goal,
            };
        MessageEvidence[] evidence = [new("an example of what was seen", "3", "10", "2026-01-31")];
        string address = model.Outreach.PublicUrl ?? "https://signals.example";
        return variables with
        {
            PersonName = "Ada",
            PersonEmail = "ada@example.com",
            AccountId = "example",
            AccountName = "Example Ltd",
            Plan = model.Plans.Keys.LastOrDefault() ?? "",
            Step = variables.Step is { } step ? step with { Tries = 3, Failures = 2 } : null,
            Incident = cause == OutreachTemplates.Apology ? What.In(language) : "",
            ActionUrl = cause switch
            {
                OutreachTemplates.ConfirmAddress => $"{address}/address/preview",
                OutreachTemplates.Survey => $"{address}/survey/preview",
                _ => variables.ActionUrl,
            },
            Survey = cause == OutreachTemplates.Survey ? SurveyOf(model, locale, $"{address}/survey/preview") : null,
            SenderName = model.Outreach.From.Name?.In(language) ?? model.Product,
            PostalAddress = model.Outreach.PostalAddress ?? "",
            UnsubscribeUrl = $"{address}/u/preview",
            AccountUrl = $"{address}/accounts/example",
            RiskLevel = RiskLevel.AtRisk.Name(),
            PreviousRiskLevel = RiskLevel.Healthy.Name(),
            RiskScore = 60,
            Evidence = evidence,
            Causes = [new MessageCause(CauseIds.ValueNotFound, CauseNames.Of(CauseIds.ValueNotFound).In(language), 80, 3, evidence)],
            RaisedBy = ["12 minutes in the 14 days up to 31 January 2026; about 60 is usual for them"],
            Questions = [.. CauseQuestions.Of(CauseIds.ValueNotFound).Select(question => question.In(language))],
        };
    }

    /// <summary>The model's first survey; where there is none, how likely one is to recommend the product.</summary>
    private static MessageSurvey SurveyOf(ValueModel model, string locale, string page)
    {
        var survey = model.Surveys.Count > 0 ? model.Surveys[0] : new Survey { Id = SurveyKind.Nps.Name(), Kind = SurveyKind.Nps };
        var step = model.Onboarding.FirstOrDefault(known => survey.Step is null || known.Id == survey.Step);
        var asked = SurveyQuestions.Of(survey, step, model, locale);
        return asked with { Answers = [.. asked.Scores().Select(score => new MessageSurveyAnswer(score, $"{page}?score={score}"))] };
    }

    private static string? DetailOf(ValueModel model, string cause) =>
        cause switch
        {
            CauseIds.OnboardingStalled => model.Onboarding.Select(step => step.Id).FirstOrDefault(),
            CauseIds.Friction => model.Friction.Select(kind => kind.Id).FirstOrDefault(),
            CauseIds.FeaturesUnused => model
                .Features.OrderByDescending(feature => feature.Key)
                .Select(feature => feature.Id)
                .FirstOrDefault(),
            CauseIds.FeatureSunset => model.Sunsets.Select(sunset => sunset.Feature).FirstOrDefault(),
            CauseIds.Delight => DelightRule.PraiseDetail,
            _ => null,
        };

    private static LocalText InEveryLanguage(Phrase phrase) =>
        new(MessageLanguages.All.ToDictionary(language => language, language => phrase.In(language), StringComparer.Ordinal));

    /// <summary>A model without sunsets shows one that could be: its last feature, in favour of its first.</summary>
    private static ValueModel WithSunset(ValueModel model, DateOnly today) =>
        model.Sunsets.Count > 0 || model.Features.Count < 2
            ? model
            : model with
            {
                Sunsets =
                [
                    new Sunset
                    {
                        Feature = model.Features[^1].Id,
                        Announced = today,
                        LastOrder = today.AddDays(SunsetNotice / 3),
                        Ends = today.AddDays(SunsetNotice),
                        Why = InEveryLanguage(Phrase.Of("(why it ends, from the model)")),
                        Terms = InEveryLanguage(Phrase.Of("(terms until then, from the model)")),
                        ReplacementFeature = model.Features[0].Id,
                        Differences = InEveryLanguage(Phrase.Of("(how it differs, from the model)")),
                        Steps = [InEveryLanguage(Phrase.Of("(each step of the move, from the model)"))],
                    },
                ],
            };
}
