using System.Text.Json.Serialization;
using Signals.Core.Response.Alerts;
using Signals.Core.State.Accounts;
using Signals.Core.State.Work;

namespace Signals.Web.Dashboard.Undo;

/// <summary>What somebody did just now, and how it was before.</summary>
internal sealed record UndoEntry
{
    public IReadOnlyList<AnswerDone> Answers { get; init; } = [];

    public IReadOnlyList<WorkDone> Works { get; init; } = [];

    public IReadOnlyList<NoteDone> Notes { get; init; } = [];

    public IReadOnlyList<HoldDone> Holds { get; init; } = [];

    /// <summary>Letters that wait, by their keys.</summary>
    public IReadOnlyList<string> Letters { get; init; } = [];
}

/// <summary>An alert was answered.</summary>
internal sealed record AnswerDone(AlertBefore Before, AlertAnswer Answer);

/// <summary>The work on an account was changed.</summary>
internal sealed record WorkDone(string Account, string Id, string Name, AccountWork Before, AccountWork After);

/// <summary>A note was written (nothing before), changed, or deleted (nothing after).</summary>
internal sealed record NoteDone(string Account, AccountNote? Before, AccountNote? After);

/// <summary>Messages were held.</summary>
internal sealed record HoldDone(string Account, MessageHold? Before, DateTimeOffset At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(UndoEntry))]
internal sealed partial class UndoJson : JsonSerializerContext;
