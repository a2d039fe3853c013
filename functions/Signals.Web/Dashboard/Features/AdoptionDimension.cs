using Signals.Core.Daily.Adoption;

namespace Signals.Web.Dashboard.Features;

/// <summary>One of the four dimensions of adoption: what it is called, and what segments are compared by.</summary>
internal sealed record AdoptionDimension(string Id, Func<FeatureMeasure, double?> Value)
{
    public static readonly IReadOnlyList<AdoptionDimension> All =
    [
        new("breadth", measure => measure.Breadth.Share),
        new("intensity", measure => measure.DaysPerAccount),
        new("time", measure => measure.Breadth.Of == 0 ? null : measure.AdoptedWithin30),
        new("duration", measure => measure.Ever.Count == 0 ? null : measure.KeptAfter90),
    ];

    public bool IsShare => Id != "intensity";

    /// <summary>The darkest cell's value.</summary>
    public double Most => IsShare ? 1 : FeatureUse.Window;

    public string Name(Reader reader) =>
        Id switch
        {
            "breadth" => reader.Say("Breadth: who"),
            "intensity" => reader.Say("Intensity: how often"),
            "time" => reader.Say("Time to adopt: how soon"),
            _ => reader.Say("Duration: how long"),
        };

    /// <summary>What a cell says.</summary>
    public string Meaning(Reader reader) =>
        Id switch
        {
            "breadth" => reader.Say($"accounts that used it in {FeatureUse.Window} days, of those whose plan has it"),
            "intensity" => reader.Say($"days of use in {FeatureUse.Window}, of the median account that uses it"),
            "time" => reader.Say("accounts that used it within 30 days of their start"),
            _ => reader.Say("adopters who still use it 90 days after the first time"),
        };

    public string Format(Reader reader, double value) => IsShare ? reader.Percent(value) : reader.Amount(value);
}
