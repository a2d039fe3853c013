using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Messages;
using Signals.Core.State.Assessments;

namespace Signals.Local.Backtest;

/// <summary>What is said of a flagged account on the page, in JSON and in CSV: the same words in all three.</summary>
internal sealed record FlaggedTexts(FlaggedAccount Account, string Cause, IReadOnlyList<string> Evidence, RenderedMessage? Message)
{
    private const int MostEvidence = 3;

    /// <param name="account">The account.</param>
    /// <param name="renderer">Writes the message as it would have been; null for none.</param>
    public static FlaggedTexts Of(FlaggedAccount account, IMessageRenderer? renderer) =>
        new(
            account,
            account.Cause is { } cause ? CauseNames.Of(cause.Id).ToString() : "",
            [.. account.Cause?.Evidence.Take(MostEvidence).Select(LineOf) ?? []],
            account.Message is { } message && renderer is not null ? Rendered(renderer, message) : null
        );

    /// <summary>What raised the score, most first, in words.</summary>
    public IReadOnlyList<string> RaisedBy => [.. Account.RaisedBy.Select(reason => reason.Text.ToString())];

    public string Level => Account.Level.Name();

    /// <summary>Whom the message would have gone to; empty without one.</summary>
    public string To => Account.Message?.To ?? "";

    /// <summary>What became of the account, in words.</summary>
    public string Outcome =>
        (Account.LeftAt, Account.IsRight) switch
        {
            ({ } left, true) => $"left on {left:yyyy-MM-dd}, {Account.DaysBefore:0} days later",
            ({ } left, _) => $"left on {left:yyyy-MM-dd}, {Account.DaysBefore:0} days later: past the horizon",
            (null, false) => "stayed",
            _ => "not known: history ends before",
        };

    private static RenderedMessage? Rendered(IMessageRenderer renderer, Core.Response.Outreach.OutreachRecord message)
    {
        try
        {
            return renderer.Render(message.Template, message.Locale, message.Variables);
        }
        catch (TemplateException)
        {
            // A template of the team's own that is not beside the model: the name of it is told all the same.
            return null;
        }
    }

    private static string LineOf(Evidence evidence)
    {
        string text = evidence.Text.ToString(),
            value = evidence.Value.ToString(),
            expected = evidence.Expected.ToString();
        return (value.Length == 0 ? text : $"{text}: {value}")
            + (expected.Length == 0 ? "" : $" (expected {expected})")
            + (evidence.Since is { } since ? $", since {since:yyyy-MM-dd}" : "");
    }
}
