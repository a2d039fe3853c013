using Signals.Core.Intake.Text;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Has what an account's people wrote analysed, each text once: what was understood is kept beside the words, where rules read it. Done
/// before a review, so that folding stays the same whatever the analyzer says.
/// </summary>
public sealed class WordsReader(ITextAnalyzer analyzer)
{
    /// <summary>Analyses what is new, and returns how many texts that were; the caller saves the account.</summary>
    public async Task<int> ReadAsync(AccountState account, CancellationToken cancellationToken)
    {
        var answers = account.Feedback.Answers.Where(answer => answer is { Words: null, Comment.Length: > 0 }).ToList();
        var tickets = account.Tickets.All.Where(ticket => ticket is { Words: null, Text.Length: > 0 }).ToList();
        if (answers.Count + tickets.Count == 0)
            return 0;
        var texts = answers
            .Select(answer => answer.Comment!)
            .Concat(tickets.Select(ticket => ticket.Text!))
            .Select(text => new WrittenText(text))
            .ToList();
        var analyses = await analyzer.AnalyzeAsync(texts, cancellationToken);
        for (int i = 0; i < answers.Count; i++)
            account.Feedback.Understand(answers[i], CustomerWords.Of(analyses[i]));
        for (int i = 0; i < tickets.Count; i++)
            account.Tickets.Understand(tickets[i], CustomerWords.Of(analyses[answers.Count + i]));
        return texts.Count;
    }
}
