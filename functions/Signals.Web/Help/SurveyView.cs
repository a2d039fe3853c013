using Signals.Core.Platform.Languages;
using Signals.Core.Processing.Surveys;
using Signals.Core.Response.Messages;

namespace Signals.Web.Help;

/// <summary>What a survey's card asks for, ready to be drawn: a score, and words if one likes.</summary>
/// <param name="Least">The lowest score.</param>
/// <param name="Most">The highest.</param>
/// <param name="Low">What the lowest means.</param>
/// <param name="High">What the highest means.</param>
/// <param name="Comment">What the field for words is called.</param>
/// <param name="MostChars">How many characters it takes.</param>
/// <param name="Send">The button that answers.</param>
/// <param name="Thanks">What is said once it was answered.</param>
internal sealed record SurveyView(int Least, int Most, string Low, string High, string Comment, int MostChars, string Send, string Thanks)
{
    public static SurveyView Of(MessageSurvey asked, Language language) =>
        new(
            asked.Least,
            asked.Most,
            asked.Low,
            asked.High,
            language.Text("Anything to add? You need not."),
            SurveyDesk.MaxCommentChars,
            language.Text("Send the answer"),
            language.Text("Thank you. Your answer has arrived.")
        );
}
