using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Response.Outreach;

/// <summary>What a recipient can unsubscribe from: the cause of a mail alone, or one of three kinds.</summary>
public static class OutreachTopics
{
    /// <summary>The topic under which a CS manager could opt out of alerts.</summary>
    public const string Alerts = "alerts";

    public const string Help = "help";
    public const string News = "news";
    public const string Thanks = "thanks";

    /// <summary>Questions: what the model's surveys ask.</summary>
    public const string Surveys = "surveys";

    /// <summary>The kinds, in the order in which they are offered. Notices are none: they are about the reader's own account.</summary>
    public static readonly IReadOnlyList<string> Kinds = [Help, News, Thanks, Surveys];

    private static readonly Phrase HelpWords = Phrase.Of("help with what gets in your way");
    private static readonly Phrase NewsWords = Phrase.Of("what else your plan holds");
    private static readonly Phrase ThanksWords = Phrase.Of("thanks");
    private static readonly Phrase SurveyWords = Phrase.Of("your opinion");

    /// <summary>The kinds that there were before surveys: who stopped them all meant whatever is no notice.</summary>
    private static readonly string[] FirstKinds = [Help, News, Thanks];

    /// <summary>What a recipient unsubscribes from with the outreach's own link.</summary>
    public static string Of(OutreachRecord record) => record.Kind == OutreachKind.Message ? record.Cause : Alerts;

    /// <summary>The kind that mails about a cause are of; null for notices, and for what is no cause.</summary>
    public static string? KindOf(string topic) =>
        topic == OutreachTemplates.Survey ? Surveys
        : CauseCatalogue.Find(topic) is not { IsNotice: false } cause ? null
        : cause.IsPraise ? Thanks
        : cause.IsOffer ? News
        : Help;

    /// <summary>True when what a recipient stopped covers a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="isStopped">Whether they stopped a topic or kind by itself.</param>
    public static bool IsCovered(string topic, Func<string, bool> isStopped) =>
        isStopped(topic)
        || (KindOf(topic) is { } kind && (isStopped(kind) || (kind == Surveys && Array.TrueForAll(FirstKinds, other => isStopped(other)))));

    /// <summary>What a kind is about, in words for whoever gets its mails; null where it is none.</summary>
    public static Phrase? WordsOf(string? kind) =>
        kind switch
        {
            Help => HelpWords,
            News => NewsWords,
            Thanks => ThanksWords,
            Surveys => SurveyWords,
            _ => null,
        };
}
