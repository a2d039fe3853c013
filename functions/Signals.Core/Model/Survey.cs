using Signals.Core.Platform.Languages;

namespace Signals.Core.Model;

/// <summary>
/// A question to customers, by which rules it is asked. Answers come in as the event that <c>feedback</c> names for its kind.
/// </summary>
public sealed record Survey
{
    /// <summary>Days between two surveys to one person, whichever they are: a quarter, at the least.</summary>
    public const int LeastDaysBetween = 90;

    public const int UsualPerAccount = 5;

    /// <summary>The most that a survey may ask of one account: what was asked is remembered in the account's row.</summary>
    public const int MostPerAccount = 10;

    /// <summary>Days in which a card stands that no mail follows.</summary>
    public const int CardDays = 14;

    public required string Id { get; init; }

    public required SurveyKind Kind { get; init; }

    /// <summary>What comes before the question.</summary>
    public SurveyMoment After { get; init; } = SurveyMoment.Value;

    /// <summary>With <see cref="SurveyMoment.Step"/>: the step that was done; null for any.</summary>
    public string? Step { get; init; }

    /// <summary>Days, that of the question among them, within which the moment must lie.</summary>
    public int WithinDays { get; init; } = 2;

    /// <summary>The question in the product's words; null asks in those of the kind.</summary>
    public LocalText? Question { get; init; }

    /// <summary>Plans whose customers are asked; empty: all.</summary>
    public IReadOnlyList<string> Plans { get; init; } = [];

    /// <summary>Roles (the trait <c>role</c>, ignoring case) of those who are asked; empty: all.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The share of people who are asked in a quarter, by lot.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Days until the same person is asked this again.</summary>
    public int EveryDays { get; init; } = LeastDaysBetween;

    /// <summary>The most people of one group who are asked anything within <see cref="LeastDaysBetween"/> days.</summary>
    public int PerAccount { get; init; } = UsualPerAccount;

    public MessageChannels Channels { get; init; } = MessageChannels.Mail;

    /// <summary>Hours in which a card waits to be seen before the mail goes in its place.</summary>
    public int MailAfterHours { get; init; } = Playbook.UsualMailAfterHours;
}

public enum SurveyKind
{
    /// <summary>How likely one is to recommend it, 0 to 10.</summary>
    Nps,

    /// <summary>How satisfied one is, 1 to 5.</summary>
    Csat,

    /// <summary>How much effort it took, 1 (none) to 7.</summary>
    Ces,
}

/// <summary>What comes before a question.</summary>
public enum SurveyMoment
{
    /// <summary>The person got value.</summary>
    Value,

    /// <summary>A ticket of the person was solved.</summary>
    Ticket,

    /// <summary>The person did a step of the set-up.</summary>
    Step,
}

public static class SurveyKinds
{
    /// <summary>The ends of its scale.</summary>
    public static (int Least, int Most) Scale(this SurveyKind kind) =>
        kind switch
        {
            SurveyKind.Nps => (0, 10),
            SurveyKind.Csat => (1, 5),
            _ => (1, 7),
        };

    /// <summary>The events that say that it was answered; the first is the one by which answers come in.</summary>
    public static IReadOnlyList<string> EventsOf(this FeedbackDefinition feedback, SurveyKind kind) =>
        kind switch
        {
            SurveyKind.Nps => feedback.Nps,
            SurveyKind.Csat => feedback.Csat,
            _ => feedback.Ces,
        };

    /// <summary>As it is called in the model and in templates.</summary>
    public static string Name(this SurveyKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>As it is called in the model and in templates.</summary>
    public static string Name(this SurveyMoment moment) => moment.ToString().ToLowerInvariant();
}
