using System.Runtime.CompilerServices;
using Signals.Core.Model;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// Every feature of the score under a model, in a fixed order. All are taken on the day of the assessment, age too: what came after it, or
/// how long the whole record is, would tell the future from the past.
/// </summary>
public static class RiskFeatures
{
    private static readonly ConditionalWeakTable<ValueModel, IReadOnlyList<RiskFeature>> Known = [];

    public static IReadOnlyList<RiskFeature> Of(ValueModel model) =>
        Known.GetValue(
            model,
            static model => [.. CauseFeatures.All, .. BackgroundFeatures.All, .. TimeFeatures.All, .. UseFeatures.Of(model)]
        );

    /// <summary>The value of every feature, in order; NaN where the history does not tell.</summary>
    public static double[] Measure(RiskSubject subject)
    {
        var features = Of(subject.Model);
        double[] values = new double[features.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = features[i].Measure(subject) ?? double.NaN;
        return values;
    }

    /// <summary>
    /// Days after an account's newest event in which a feature may still change by time alone, dates that lie ahead left aside.
    /// </summary>
    public static int MemoryDays(ValueModel model) =>
        Math.Max(Math.Max(model.Value.Floor.Days, BackgroundFeatures.OwnDays(model)), TimeFeatures.LongestMemory);
}
