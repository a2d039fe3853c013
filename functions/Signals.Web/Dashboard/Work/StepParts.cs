using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Work;

/// <summary>What a next step looks like wherever it is shown: on its account's page, and on its owner's day.</summary>
internal static class StepParts
{
    /// <summary>By which day, and whether that is over.</summary>
    public static Html Due(Reader reader, DateOnly due) =>
        due < reader.Today ? Html.Of($"""<span class="tag bad">{reader.Say("overdue")}</span> {reader.Day(due)}""")
        : due == reader.Today ? Html.Of($"""<span class="tag warn">{reader.Say("due today")}</span>""")
        : reader.SayHtml($"by {Html.Of($"{reader.Day(due)}")}");

    /// <summary>The button that says it is done; nothing for who may not act.</summary>
    /// <param name="reader">Who looks at it.</param>
    /// <param name="accountId">The account that the step is about.</param>
    /// <param name="id">The step's id.</param>
    /// <param name="text">What is to be done.</param>
    /// <param name="returnTo">The page it is shown on; null for the account's.</param>
    public static Html Done(Reader reader, string accountId, string id, string text, string? returnTo = null) =>
        reader.May(DashboardRole.Manager)
            ? Form.Post(
                reader,
                WorkAddresses.Of(WorkAddresses.StepDone, accountId),
                $"""
                {Form.Hidden(FormRequest.IdField, id)}
                <button type="submit" class="second">{reader.Say("Done")}<span class="unseen"> {text}</span></button>
                """,
                returnTo
            )
            : Html.Empty;
}
