using System.Text.Json;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Response.ValueReports;

/// <summary>
/// What a customer got for their money in a quarter, for their own meeting: numbers and words that they may read, and nothing that is the
/// team's: no risk, no cause, no score, no other customer, and no person by name but who looks after them.
/// </summary>
public sealed record ValueReport
{
    /// <summary>The language it is told in, such as <c>fr</c>.</summary>
    public required string Language { get; init; }

    public required string Product { get; init; }

    /// <summary>The account's name.</summary>
    public required string Customer { get; init; }

    /// <summary>Such as 2026-Q3.</summary>
    public required string Quarter { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The last day told of: the quarter's, or yesterday while it runs.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What they came for, in their own words; null where they said nothing.</summary>
    public string? CameFor { get; init; }

    public IReadOnlyList<ReportGoal> Goals { get; init; } = [];

    /// <summary>The value model's unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Value in these days, in the unit.</summary>
    public required double Value { get; init; }

    /// <summary>The same of the same days of the quarter before; null where they were not there all that time.</summary>
    public double? ValueBefore { get; init; }

    /// <summary>On so many days.</summary>
    public required int DaysOfValue { get; init; }

    /// <summary>How many of their own customers they reached; null where the product does not reach any.</summary>
    public long? Reached { get; init; }

    /// <summary>People who worked with it in these days; null where there are more than are counted.</summary>
    public int? People { get; init; }

    /// <summary>Seats of their plan; null where it has none.</summary>
    public int? Seats { get; init; }

    /// <summary>True where they pay nothing, or nothing yet: then nothing is called paid for.</summary>
    public bool PaysNothing { get; init; }

    /// <summary>What they used, the most used first.</summary>
    public IReadOnlyList<ReportFeature> Used { get; init; } = [];

    /// <summary>What their plan holds and nobody used.</summary>
    public IReadOnlyList<ReportFeature> Unused { get; init; } = [];

    /// <summary>Questions and problems they sent, and those of them that were solved by now; 0 where there were none.</summary>
    public int Asked { get; init; }

    public int Solved { get; init; }

    public IReadOnlyList<ReportEnding> Endings { get; init; } = [];

    /// <summary>Set-up steps that nobody did.</summary>
    public IReadOnlyList<ReportStep> Steps { get; init; } = [];

    /// <summary>Null where no contract is known, or nothing is paid.</summary>
    public DateOnly? RenewsOn { get; init; }

    /// <summary>Null where they are not on trial.</summary>
    public DateOnly? TrialEndsOn { get; init; }

    /// <summary>Who looks after them; null where nobody is named.</summary>
    public string? Contact { get; init; }

    /// <summary>What the person who approved it adds; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Another for every other report: what somebody approves is what they read.</summary>
    public string Fingerprint() => $"{MessageHash.Of(JsonSerializer.SerializeToUtf8Bytes(this, ReportJson.Default.ValueReport)):x16}";
}

/// <summary>How far they are with something that they came for.</summary>
/// <param name="Name">In the report's language.</param>
/// <param name="Done">What counts toward it in these days.</param>
/// <param name="Target">What they would have in as many days.</param>
/// <param name="Lacking">What it takes and their plan does not have; null where nothing is lacking.</param>
public sealed record ReportGoal(string Name, long Done, double Target, ReportLack? Lacking = null)
{
    public bool IsReached => Done >= Target;
}

/// <summary>A feature that their plan does not have.</summary>
/// <param name="Feature">In the report's language.</param>
/// <param name="Plans">The plans that have it, the cheapest first.</param>
public sealed record ReportLack(string Feature, IReadOnlyList<string> Plans);

/// <param name="Name">In the report's language.</param>
/// <param name="Description">What it is good for; null where the model does not say.</param>
/// <param name="Help">How to begin; null without a page.</param>
/// <param name="Times">How often it was used.</param>
/// <param name="People">By so many people; null where they are not counted.</param>
public sealed record ReportFeature(string Name, string? Description, string? Help, long Times, int? People);

/// <summary>Something they use that ends.</summary>
/// <param name="Name">In the report's language; a plan by its id.</param>
/// <param name="Ends">The last day on which they have it.</param>
/// <param name="Replacement">What takes its place.</param>
/// <param name="Terms">What holds until then, and for the move.</param>
/// <param name="IsOutlasted">Their contract renews only after that day: what holds between is to be agreed.</param>
public sealed record ReportEnding(string Name, DateOnly Ends, string Replacement, string Terms, bool IsOutlasted = false);

public sealed record ReportStep(string Name, string? Help);
