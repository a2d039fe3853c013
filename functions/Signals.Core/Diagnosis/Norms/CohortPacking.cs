using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Norms;

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

    public static void Write(PackWriter writer, IReadOnlyDictionary<string, QuantileSketch> sketches)
    {
        writer.Count(sketches.Count);
        foreach (var (name, sketch) in sketches)
        {
            writer.Text(name);
            sketch.Write(writer);
        }
    }

    public static Dictionary<string, QuantileSketch> ReadSketches(ref PackReader reader)
    {
        var sketches = new Dictionary<string, QuantileSketch>(StringComparer.Ordinal);
        for (int count = reader.Count(); count > 0; count--)
            sketches[reader.Text() ?? ""] = QuantileSketch.Read(ref reader);
        return sketches;
    }

    private static int? Class(int written) => written == 0 ? null : written - 1;
}
