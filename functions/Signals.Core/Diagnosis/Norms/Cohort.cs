namespace Signals.Core.Diagnosis.Norms;

/// <summary>
/// Accounts that may be compared: same plan, similar size and age. A coarser one leaves <see cref="Age"/> out, then <see cref="Size"/>,
/// then <see cref="Plan"/>.
/// </summary>
/// <param name="Plan">In lower case; empty for accounts without a plan; null for any.</param>
/// <param name="Size">0: one person, 1: up to 5, 2: up to 20, 3: up to 100, 4: more; null for any.</param>
/// <param name="Age">0: under 30 days, 1: under 180, 2: under two years, 3: older; null for any.</param>
public readonly record struct Cohort(string? Plan, int? Size, int? Age)
{
    private static readonly int[] Sizes = [1, 5, 20, 100];
    private static readonly int[] Ages = [30, 180, 730];

    public static Cohort Everybody { get; } = new(null, null, null);

    /// <param name="plan">The plan's id.</param>
    /// <param name="people">How many people the account has.</param>
    /// <param name="ageDays">Days since it became a customer.</param>
    public static Cohort Of(string? plan, int people, int ageDays) =>
        new((plan ?? "").ToLowerInvariant(), Class(Sizes, people, inclusive: true), Class(Ages, ageDays, inclusive: false));

    /// <summary>The cohort itself, then the coarser ones that hold it.</summary>
    public IEnumerable<Cohort> Widening()
    {
        yield return this;
        if (Size is not null && Age is not null)
            yield return new Cohort(Plan, Size, null);
        if (Size is not null || Age is not null)
            yield return new Cohort(Plan, null, null);
        if (Plan is not null)
            yield return Everybody;
    }

    public override string ToString() => $"{Plan ?? "*"}|{Size?.ToString() ?? "*"}|{Age?.ToString() ?? "*"}";

    private static int Class(int[] bounds, int number, bool inclusive)
    {
        int index = Array.FindIndex(bounds, bound => inclusive ? number <= bound : number < bound);
        return index < 0 ? bounds.Length : index;
    }
}
