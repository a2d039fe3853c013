namespace Signals.Core.Intake.Monitoring;

/// <summary>One thing that was left out of what is known, though the event that brought it was taken.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Rule">
/// The rule that left it out: for people the name that the model gives it, for values one of <see cref="LeftOutRules"/>.
/// </param>
/// <param name="Example">What was found, short enough to show; null where it would say who somebody is.</param>
public readonly record struct LeftOutNote(LeftOutKind Kind, string Rule, string? Example)
{
    /// <summary>A value that means nothing.</summary>
    /// <param name="rule">One of <see cref="LeftOutRules"/>.</param>
    /// <param name="found">What was found.</param>
    public static LeftOutNote OfValue(string rule, string found) => new(LeftOutKind.Value, rule, found);
}

/// <summary>What a rule left out since the tables began.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Rule">The rule's name, as in <see cref="LeftOutNote"/>.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstSeen">When it did so first.</param>
/// <param name="LastSeen">When it did so last.</param>
/// <param name="Examples">The first different things found, at most <see cref="LeftOutCounts.MaxExamples"/>.</param>
public sealed record LeftOut(
    LeftOutKind Kind,
    string Rule,
    long Count,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<string> Examples
)
{
    /// <summary>Both together; examples that both have are one.</summary>
    public static LeftOut operator +(LeftOut a, LeftOut b) =>
        a with
        {
            Count = a.Count + b.Count,
            FirstSeen = a.FirstSeen < b.FirstSeen ? a.FirstSeen : b.FirstSeen,
            LastSeen = a.LastSeen > b.LastSeen ? a.LastSeen : b.LastSeen,
            Examples = [.. a.Examples.Union(b.Examples, StringComparer.Ordinal).Take(LeftOutCounts.MaxExamples)],
        };
}

/// <summary>The numbers' names are stored.</summary>
public enum LeftOutKind
{
    /// <summary>Events of somebody who is no customer, by a rule of the model.</summary>
    People,

    /// <summary>A value that means nothing: the event counts, the value does not.</summary>
    Value,

    /// <summary>A trait that came with a browser key and is a server's to say; the rule is the trait's name.</summary>
    Browser,

    /// <summary>What came about somebody who was erased.</summary>
    Erased,

    /// <summary>What somebody did who refused that it be kept; the rule is the category of consent.</summary>
    Consent,
}

/// <summary>The names of the rules that leave values out, and of what is dropped of somebody who was erased.</summary>
public static class LeftOutRules
{
    /// <summary>Events of somebody who was erased.</summary>
    public const string ErasedEvents = "erased-events";

    /// <summary>Messages that waited to be sent to them.</summary>
    public const string ErasedMessages = "erased-messages";

    /// <summary>What a mail provider reported of them.</summary>
    public const string ErasedReports = "erased-reports";

    /// <summary>A survey's answer that is not on the survey's scale.</summary>
    public const string Score = "score";

    /// <summary>A number under or over what an event can carry.</summary>
    public const string Amount = "amount";

    /// <summary>A date that cannot be read, or be read in two ways.</summary>
    public const string Date = "date";

    /// <summary>A time zone that nobody knows; the model's is used.</summary>
    public const string TimeZone = "timezone";

    /// <summary>A text in place of a mail address that no mail can be sent to. What it was is told at the person alone.</summary>
    public const string Email = "email";
}
