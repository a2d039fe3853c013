using Signals.Core.Platform.Languages;

namespace Signals.Core.Model;

/// <summary>What follows a cause.</summary>
public sealed record Playbook
{
    /// <summary>The cause it answers.</summary>
    public required string Cause { get; init; }

    /// <summary>The template's name; null writes to nobody.</summary>
    public string? Message { get; init; }

    /// <summary>Another template, which half of the people get by lot, so that the two can be compared; null compares none.</summary>
    public string? Alternative { get; init; }

    /// <summary>
    /// What the same person hears once more, in other words, when the cause still stands: part of the same goal and the same lot. After
    /// it a person takes over. Null follows up on nothing.
    /// </summary>
    public FollowUp? FollowUp { get; init; }

    public Audience To { get; init; } = Audience.Person;

    /// <summary>
    /// Where the message's one call to action leads; null leads to the help page of what the message is about, or asks for a reply where
    /// there is none.
    /// </summary>
    public NextStep? NextStep { get; init; }

    /// <summary>Segments whose accounts are written to, in one of them at least; none for every account.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Segments whose accounts are not written to, not even those of <see cref="Only"/>.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    public Goal? Goal { get; init; }

    /// <summary>Days within which the goal must be reached to count.</summary>
    public int GoalDays { get; init; } = 14;

    /// <summary>Days in which the same person hears nothing more of this cause.</summary>
    public int CooldownDays { get; init; } = 30;

    /// <summary>
    /// When several causes want to write to one person and only one may: the higher speaks, 0 to 100. What the product owes comes before
    /// what it offers, and <c>delight</c> speaks last.
    /// </summary>
    public int Priority { get; init; } = 50;

    /// <summary>
    /// The risk level from which the CS manager is alerted; <see cref="RiskLevel.Healthy"/> whatever the level is, null never alerts.
    /// </summary>
    public RiskLevel? Alert { get; init; } = RiskLevel.AtRisk;

    /// <summary>How a customer hears it.</summary>
    public MessageChannels Channels { get; init; } = MessageChannels.Mail;

    /// <summary>Hours in which a card waits to be seen before the mail goes in its place.</summary>
    public int MailAfterHours { get; init; } = UsualMailAfterHours;

    /// <summary>What follows a card that was put away without doing its step.</summary>
    public AfterDismissed AfterDismissed { get; init; } = AfterDismissed.Nothing;

    public const int UsualMailAfterHours = 48;

    public bool ShowsCard => Channels != MessageChannels.Mail;

    public bool SendsMail => Channels != MessageChannels.InApp;

    /// <summary>True where some accounts are written to and others are not.</summary>
    public bool IsForSome => Only.Count + Except.Count > 0;

    /// <summary>True when accounts in these segments are written to.</summary>
    public bool IsFor(IReadOnlyList<string> segments) =>
        (Only.Count == 0 || Only.Intersect(segments, StringComparer.Ordinal).Any())
        && !Except.Intersect(segments, StringComparer.Ordinal).Any();
}

/// <summary>A page to go to; <paramref name="Label"/> is what the button says, null leaves that to the template.</summary>
public sealed record NextStep(LocalText Url, LocalText? Label = null);

public enum Audience
{
    /// <summary>
    /// The person the cause was found in. For a set-up step that is the whole account's: whoever tried it, else an administrator, else the
    /// champion.
    /// </summary>
    Person,

    /// <summary>Whoever carries most of the account's value.</summary>
    Champion,

    /// <summary>Whoever has an administrator's role.</summary>
    Admin,

    /// <summary>The most active person besides the champion.</summary>
    NextMostActive,
}

/// <summary>
/// What means that a message worked, exactly one of: an event, a step done, a feature used, or value over the floor.
/// <see cref="Any"/> stands for the step or feature that the message was about (for a sunset: the replacement).
/// </summary>
public sealed record Goal(string? Event = null, string? Step = null, string? Feature = null, bool Floor = false)
{
    public const string Any = "*";
}

/// <summary>How likely a customer is to leave for lack of value; ordered.</summary>
public enum RiskLevel
{
    Healthy = 0,
    Watch = 1,
    AtRisk = 2,
    Critical = 3,
}

public static class RiskLevels
{
    public static readonly IReadOnlyList<string> Names = ["healthy", "watch", "at-risk", "critical"];

    /// <summary>The level's name in the model, the API and every message.</summary>
    public static string Name(this RiskLevel level) => Names[(int)level];

    public static RiskLevel? Parse(string? name) =>
        name is not null && Names.ToList().IndexOf(name) is >= 0 and var index ? (RiskLevel)index : null;
}
