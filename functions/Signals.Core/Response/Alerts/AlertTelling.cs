using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Alerts;

/// <summary>That an alert was told somebody; what became of it stands with the outreach.</summary>
/// <param name="At">When it was planned.</param>
/// <param name="Occasion">Why.</param>
/// <param name="Channel">One of <see cref="AlertChannels"/>.</param>
/// <param name="To">An address, or a webhook's label.</param>
/// <param name="OutreachId">The outreach that carries it.</param>
public sealed record AlertTelling(DateTimeOffset At, AlertOccasion Occasion, string Channel, string To, string OutreachId);

/// <summary>Why an alert speaks.</summary>
public enum AlertOccasion
{
    /// <summary>The account came to be at risk.</summary>
    Raised,

    /// <summary>Its level or a cause got worse.</summary>
    Worse,

    /// <summary>A snooze is over.</summary>
    Reminder,

    /// <summary>Nobody answered in time.</summary>
    Escalated,
}

public static class AlertOccasions
{
    public static readonly IReadOnlyList<string> Names = ["raised", "worse", "reminder", "escalated"];

    /// <summary>The occasion's name in templates, the API and the audit.</summary>
    public static string Name(this AlertOccasion occasion) => Names[(int)occasion];
}
