using System.Text.Json.Serialization;

namespace Signals.Web.Api;

/// <summary>
/// A person. <c>Email</c> is where mail goes, null without an address or with one that no mail can go to; <c>EmailProblem</c> then says
/// why. <c>WaitingEmail</c> is an address that a browser named, written to once a server says it too.
/// </summary>
internal sealed record PersonView(
    string Id,
    string? Email,
    string? EmailProblem,
    string? WaitingEmail,
    string? Role,
    bool Active,
    PersonValue Value,
    IReadOnlyList<PersonNps> Nps
)
{
    /// <summary>What they are called; absent where no name is known that can be shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The rule of the model by which this is no customer; absent for customers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LeftOutBy { get; init; }
}

/// <summary>
/// Value in the window that ends today, what is needed in it, and value by UTC day as far back as days are kept; days without any are left
/// out. <paramref name="Since"/> is the first UTC day of the window that there was: a person has no days before their first event.
/// </summary>
internal sealed record PersonValue(double Window, double Floor, DateOnly Since, IReadOnlyList<DayValue> Days);

internal sealed record DayValue(DateOnly Date, double Amount);
