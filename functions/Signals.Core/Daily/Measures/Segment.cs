using Signals.Core.Diagnosis.Causes;

namespace Signals.Core.Daily.Measures;

/// <summary>
/// Customers that are looked at by themselves: of one plan, of one size, in one stage, or in a segment of the model's own.
/// </summary>
/// <param name="By">What they have in common.</param>
/// <param name="Value">
/// The plan or stage in lower case, empty for none; of sizes "0" to "4", as <see cref="Diagnosis.Norms.Cohort.Size"/> numbers them; of
/// the model's own, the id.
/// </param>
public sealed record Segment(SegmentKind By, string Value)
{
    /// <summary>The segments an account is in today: one of each kind that everybody is in.</summary>
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

    /// <summary>As the model defines them: an account is in any number of them.</summary>
    Own,
}

public static class SegmentKinds
{
    public static readonly IReadOnlyList<string> Names = ["plan", "size", "stage", "segment"];

    public static string Name(this SegmentKind kind) => Names[(int)kind];

    public static SegmentKind? Parse(string? name) =>
        name is not null && Names.ToList().IndexOf(name) is >= 0 and var index ? (SegmentKind)index : null;
}
