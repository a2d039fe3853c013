using Signals.Core.State.Work;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Work;

/// <summary>Whether a person answered what a customer said: on the page of feedback, and on the account's.</summary>
internal static class LoopParts
{
    /// <summary>Who answered and when, or the button that says so; nothing for who may not act and what nobody answered.</summary>
    /// <param name="reader">Who looks at it.</param>
    /// <param name="accountId">The account whose answer it is.</param>
    /// <param name="answer">The answer's key (<see cref="Core.State.Answers.FeedbackAnswer.Key"/>).</param>
    /// <param name="work">What the team did for the account.</param>
    /// <param name="about">What tells it from others to somebody who hears the page.</param>
    /// <param name="returnTo">The page it is shown on.</param>
    public static Html Of(Reader reader, string accountId, string answer, AccountWork work, string about, string returnTo)
    {
        if (work.Closed.FirstOrDefault(closed => closed.Answer == answer) is { } closed)
            return $"""
                <span class="line quiet"><span class="tag good">{reader.Say("loop|answered")}</span> {reader.SayHtml(
                    $"by {reader.Who(closed.By)} {reader.TimeAgo(closed.At)}"
                )}</span>
                """;
        return reader.May(DashboardRole.Manager)
            ? Form.Post(
                reader,
                WorkAddresses.Of(WorkAddresses.AnswerClosed, accountId),
                $"""
                {Form.Hidden(FormRequest.IdField, answer)}
                <button type="submit" class="second">{reader.Say("Mark as answered")}<span class="unseen"> {about}</span></button>
                """,
                returnTo
            )
            : Html.Empty;
    }
}
