using System.Collections.Frozen;

namespace Signals.Core.Model;

/// <summary>Another system that is told what happens. Its secrets are a setting, never a part of the model.</summary>
/// <param name="Id">Under which secrets, the dashboard and logs know it.</param>
/// <param name="Url">Where events are posted to; it may be a secret.</param>
/// <param name="Events">Names of <see cref="WebhookEvents"/>; all of them where the model names none.</param>
/// <param name="Format">How they are written.</param>
public sealed record WebhookEndpoint(string Id, string Url, IReadOnlySet<string> Events, WebhookFormat Format)
{
    public bool Wants(string type) => Events.Contains(type) || type == WebhookEvents.Test;

    /// <summary>Never the address itself, so that it can't end in a log.</summary>
    public override string ToString() => Id;
}

public enum WebhookFormat
{
    /// <summary><c>type</c>, <c>timestamp</c> and <c>data</c>, as the Standard Webhooks specification has it.</summary>
    Plain,

    /// <summary>A CloudEvent 1.0 in structured mode.</summary>
    CloudEvents,
}

/// <summary>What other systems can be told.</summary>
public static class WebhookEvents
{
    public const string RiskChanged = "risk.changed";
    public const string CauseFound = "cause.found";
    public const string CauseEnded = "cause.ended";
    public const string AccountLeft = "account.left";
    public const string AccountReturned = "account.returned";
    public const string MessageSent = "message.sent";
    public const string GoalReached = "goal.reached";
    public const string AlertOpened = "alert.opened";
    public const string AlertWorsened = "alert.worsened";
    public const string AlertAcknowledged = "alert.acknowledged";
    public const string AlertSnoozed = "alert.snoozed";
    public const string AlertReopened = "alert.reopened";
    public const string AlertResolved = "alert.resolved";
    public const string ProblemHandedOver = "problem.handed-over";
    public const string ProblemSolved = "problem.solved";

    /// <summary>Asked for by a person on the dashboard; every endpoint takes it.</summary>
    public const string Test = "test";

    /// <summary>Those that a model may name.</summary>
    public static readonly FrozenSet<string> All = new[]
    {
        RiskChanged,
        CauseFound,
        CauseEnded,
        AccountLeft,
        AccountReturned,
        MessageSent,
        GoalReached,
        AlertOpened,
        AlertWorsened,
        AlertAcknowledged,
        AlertSnoozed,
        AlertReopened,
        AlertResolved,
        ProblemHandedOver,
        ProblemSolved,
    }.ToFrozenSet(StringComparer.Ordinal);
}
