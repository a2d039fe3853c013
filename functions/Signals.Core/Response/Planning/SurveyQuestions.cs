using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;

namespace Signals.Core.Response.Planning;

/// <summary>What a survey asks, and what the ends of its scale mean, in the reader's language. Pure.</summary>
public static class SurveyQuestions
{
    /// <param name="survey">The survey.</param>
    /// <param name="step">The step of the set-up that it is about; null for none.</param>
    /// <param name="model">The model.</param>
    /// <param name="locale">The reader's.</param>
    public static MessageSurvey Of(Survey survey, OnboardingStep? step, ValueModel model, string locale)
    {
        string language = MessageLanguages.For(locale, model.Locales);
        var (least, most) = survey.Kind.Scale();
        var (low, high) = survey.Kind switch
        {
            SurveyKind.Nps => (Phrase.Of("not at all likely"), Phrase.Of("very likely")),
            SurveyKind.Csat => (Phrase.Of("not at all satisfied"), Phrase.Of("very satisfied")),
            _ => (Phrase.Of("no effort at all"), Phrase.Of("a great deal of effort")),
        };
        return new MessageSurvey(
            survey.Kind.Name(),
            survey.After.Name(),
            survey.Question?.In(language) ?? Usual(survey, step?.Name.In(language), model.Product).In(language),
            least,
            most,
            low.In(language),
            high.In(language)
        );
    }

    private static Phrase Usual(Survey survey, string? step, string product) =>
        (survey.Kind, survey.After) switch
        {
            (SurveyKind.Nps, _) => Phrase.Of($"How likely are you to recommend {product} to a friend or colleague?"),
            (SurveyKind.Csat, SurveyMoment.Ticket) => Phrase.Of("How satisfied are you with the help that you got from us?"),
            (SurveyKind.Csat, _) => Phrase.Of($"How satisfied are you with {product}?"),
            (_, SurveyMoment.Ticket) => Phrase.Of("How much effort did it take you to get help from us?"),
            (_, SurveyMoment.Step) when step is not null => Phrase.Of($"How much effort did “{step}” take you?"),
            _ => Phrase.Of($"How much effort does it take you to get things done with {product}?"),
        };
}
