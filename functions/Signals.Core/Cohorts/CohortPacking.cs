using Signals.Core.Packing;

namespace Signals.Core.Cohorts;

/// <summary>How a cohort is written: its plan, and its classes or 0 for any.</summary>
internal static class CohortPacking
{
    public static void Write(PackWriter writer, Cohort cohort)
    {
        writer.Text(cohort.Plan);
        writer.Count(cohort.Size + 1 ?? 0);
        writer.Count(cohort.Age + 1 ?? 0);
    }

    public static Cohort Read(ref PackReader reader) => new(reader.Text(), Class(reader.Int()), Class(reader.Int()));

    private static int? Class(int written) => written == 0 ? null : written - 1;
}
