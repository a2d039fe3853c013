using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Languages;
using Signals.Core.Processing.Surveys;

namespace Signals.Web.Surveys;

/// <summary>The page behind the links of a survey's mail, in its states: no script, no image, nothing about the reader.</summary>
internal sealed class SurveyPage(Language language)
{
    public const string ScoreField = "score";
    public const string CommentField = "comment";

    public string Language => language.Code;

    /// <param name="asked">The survey.</param>
    /// <param name="score">The answer that the link named; null for none.</param>
    public IResult Ask(AskedSurvey asked, int? score) =>
        Page(
            StatusCodes.Status200OK,
            asked.Question.Question,
            asked.Answered is null
                ? Say("Nothing is counted until you send it.")
                : Say("You answered already. Another answer takes its place."),
            Form(asked, score ?? asked.Answered, "")
        );

    /// <summary>The same, to somebody who sent what is no answer.</summary>
    public IResult AskAgain(AskedSurvey asked, int? score, string comment) =>
        Page(
            StatusCodes.Status400BadRequest,
            asked.Question.Question,
            Say($"Please choose an answer, and write {SurveyDesk.MaxCommentChars} characters at most. Nothing was counted yet."),
            Form(asked, score, comment)
        );

    public IResult Done() => Page(StatusCodes.Status200OK, Say("Thank you"), Say("Your answer has arrived. There is nothing else to do."));

    public IResult Stands() =>
        Page(StatusCodes.Status409Conflict, Say("Thank you"), Say("It was changed several times by now: your last answer stands."));

    public IResult Gone() =>
        Page(
            StatusCodes.Status404NotFound,
            Say("This link does not work any more"),
            Say("Its time is over, or the question is. Nothing was changed.")
        );

    public IResult Later() =>
        Page(
            StatusCodes.Status503ServiceUnavailable,
            Say("Please try again in a minute"),
            Say("Your answer could not be saved just now. The same link will work in a moment.")
        );

    private Html Form(AskedSurvey asked, int? score, string comment)
    {
        var question = asked.Question;
        var scores = question
            .Scores()
            .Select(value =>
                Html.Of(
                    $"""
                    <label><input type="radio" name="{ScoreField}" value="{value}" required{Html.When(
                        value == score,
                        $" checked"
                    )}>{value}</label>
                    """
                )
            );
        return $"""
            <form method="post">
            <fieldset><legend>{question.Least} · {question.Low}, {question.Most} · {question.High}</legend>
            <div class="scale">{scores}</div></fieldset>
            <label class="wide">{Say("Anything to add? You need not.")}
            <textarea name="{CommentField}" rows="4" maxlength="{SurveyDesk.MaxCommentChars}">{comment}</textarea></label>
            <button type="submit">{Say("Send the answer")}</button></form>
            """;
    }

    private IResult Page(int status, string title, string text, Html form = default) =>
        CustomerPage.Of(Language, status, title, $"<p>{text}</p>", form);

    private string Say([English] string english) => language.Text(english);

    private string Say([English] PhraseText english) => Phrase.Of(english).In(language);
}
