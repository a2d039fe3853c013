using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.State.Assessments;

namespace Signals.Web.Api;

/// <summary>An alert in a list.</summary>
internal record AlertItem(
    string Id,
    string Account,
    string AccountName,
    string? Plan,
    string? Csm,
    bool Strategic,
    DateTimeOffset? RenewalAt,
    string Level,
    string PreviousLevel,
    int Score,
    string State,
    IReadOnlyList<AlertCauseView> Causes,
    DateTimeOffset RaisedAt,
    DateTimeOffset WorseAt,
    DateTimeOffset? AnswerBy,
    DateTimeOffset? EscalatedAt,
    DateTimeOffset? SnoozedUntil,
    DateTimeOffset? ResolvedAt,
    AlertAnswerView? Answer
)
{
    public static AlertItem Of(Alert alert) =>
        new(
            alert.Id,
            alert.AccountId,
            alert.AccountName,
            alert.Plan,
            alert.Csm,
            alert.Strategic,
            alert.RenewalAt,
            alert.Level.Name(),
            alert.PreviousLevel.Name(),
            alert.Score,
            alert.State.Name(),
            [
                .. alert.Causes.Select(cause => new AlertCauseView(
                    cause.Id,
                    cause.Detail,
                    cause.Affected,
                    cause.Confidence,
                    cause.Evidence is null ? null : cause.Evidence with { Person = null }
                )),
            ],
            alert.RaisedAt,
            alert.WorseAt,
            alert.AnswerBy,
            alert.EscalatedAt,
            alert.SnoozedUntil,
            alert.ResolvedAt,
            AlertAnswerView.Of(alert.Answer)
        );
}

/// <summary>A cause with its first line of evidence; kind is the step, feature or kind of friction.</summary>
internal sealed record AlertCauseView(string Id, string? Kind, int Affected, double Confidence, Evidence? Evidence);

internal sealed record AlertAnswerView(DateTimeOffset At, string By, string State, string? Note, DateTimeOffset? Until, string? Reason)
{
    public static AlertAnswerView? Of(AlertAnswer? answer) =>
        answer is null ? null : new(answer.At, answer.By, answer.State.Name(), answer.Note, answer.Until, answer.Reason);
}
