using Signals.Core.Diagnosis.Causes;

namespace Signals.Core.Daily.Measures;

/// <summary>Customers that are looked at by themselves: of one plan, of one size, or in one stage.</summary>
/// <param name="By">What they have in common.</param>
/// <param name="Value">
/// The plan or stage in lower case, empty for none; of sizes "0" to "4", as <see cref="Diagnosis.Norms.Cohort.Size"/> numbers them.
/// </param>
public sealed record Segment(SegmentKind By, string Value)
{
    /// <summary>The segments an account is in today: one of each kind.</summary>
    public static IEnumerable<Segment> Of(AccountContext account)
    {
        yield return new Segment(SegmentKind.Plan, (account.Facts.Plan ?? "").ToLowerInvariant());
        yield return new Segment(SegmentKind.Size, (account.Cohort.Size ?? 0).ToString());
        yield return new Segment(SegmentKind.Stage, (account.Facts.Stage ?? "").ToLowerInvariant());
    }
}

public enum SegmentKind
{
    Plan,

    /// <summary>By how many people the account has.</summary>
    Size,

    /// <summary>The customer's own word for where the account stands.</summary>
    Stage,
}

public static class SegmentKinds
{
    public static readonly IReadOnlyList<string> Names = ["plan", "size", "stage"];

    public static string Name(this SegmentKind kind) => Names[(int)kind];

    public static SegmentKind? Parse(string? name) =>
        name is not null && Names.ToList().IndexOf(name) is >= 0 and var index ? (SegmentKind)index : null;
}
