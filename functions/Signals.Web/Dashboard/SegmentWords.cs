using Signals.Core.Daily.Measures;
using Signals.Core.Model;

namespace Signals.Web.Dashboard;

/// <summary>What readers call kinds of segments, and segments.</summary>
internal static class SegmentWords
{
    /// <summary>The kinds that there are under a model: one without segments of its own has none of that kind.</summary>
    public static IEnumerable<SegmentKind> Kinds(ValueModel model) =>
        Enum.GetValues<SegmentKind>().Where(kind => kind != SegmentKind.Own || model.Segments.Count > 0);

    public static string Kind(Reader reader, SegmentKind kind) =>
        kind switch
        {
            SegmentKind.Plan => reader.Say("Plan"),
            SegmentKind.Size => reader.Say("Size"),
            SegmentKind.Own => reader.Say("Segment"),
            _ => reader.Say("Stage"),
        };

    public static string By(Reader reader, SegmentKind kind) =>
        kind switch
        {
            SegmentKind.Plan => reader.Say("By plan"),
            SegmentKind.Size => reader.Say("By size"),
            SegmentKind.Own => reader.Say("By segment"),
            _ => reader.Say("By stage"),
        };

    /// <summary>The sizes are those of <see cref="Core.Diagnosis.Norms.Cohort.Size"/>.</summary>
    public static string Name(Reader reader, ValueModel model, SegmentKind kind, string value) =>
        (kind, value) switch
        {
            (SegmentKind.Size, "0") => reader.Say("1 person"),
            (SegmentKind.Size, "1") => reader.Say("2 to 5"),
            (SegmentKind.Size, "2") => reader.Say("6 to 20"),
            (SegmentKind.Size, "3") => reader.Say("21 to 100"),
            (SegmentKind.Size, "4") => reader.Say("over 100"),
            (SegmentKind.Plan, "") => reader.Say("no plan"),
            (SegmentKind.Stage, "") => reader.Say("no stage"),
            (SegmentKind.Own, _) => model.SegmentOf(value)?.Name.In(reader.Language) ?? value,
            _ => value,
        };

    /// <summary>Sizes read in their order, the model's own segments in the model's; plans and stages begin with the largest.</summary>
    public static IReadOnlyList<SegmentMeasure> InOrder(SegmentMeasures measures) =>
        measures.By == SegmentKind.Size
            ? [.. measures.Segments.OrderBy(segment => segment.Value, StringComparer.Ordinal)]
            : measures.Segments;
}
