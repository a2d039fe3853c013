using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// Something a customer wrote on a UTC day, in an answer or a ticket, and what was understood of it. Settled: in a ticket that was solved.
/// </summary>
internal sealed record WrittenWords(string Person, int Day, string Text, CustomerWords Words, bool IsSettled)
{
    /// <summary>What an account's people wrote since a day, newest first.</summary>
    public static IEnumerable<WrittenWords> Of(AccountContext context, int from)
    {
        if (!context.Account.WasHeard)
            return [];
        var answers = context
            .Account.Feedback.Answers.Where(answer => answer is { Words: not null, Comment: not null })
            .Select(answer => new WrittenWords(answer.Person, Days.Of(answer.At), answer.Comment!, answer.Words!, IsSettled: false));
        var tickets = context
            .Account.Tickets.All.Where(ticket => ticket is { Words: not null, Text: not null, OpenedAt: not null })
            .Select(ticket => new WrittenWords(
                ticket.Person ?? "",
                Days.Of(ticket.OpenedAt!.Value),
                ticket.Text!,
                ticket.Words!,
                !ticket.IsOpen
            ));
        return answers
            .Concat(tickets)
            .Where(written => written.Day >= from && written.Day <= context.Today)
            .OrderByDescending(written => written.Day);
    }

    /// <summary>The sentence that says most, for quoting.</summary>
    public string Quote => Words.Remarks.Count > 0 ? Words.Remarks[0].Sentence : Text;
}
