using Signals.Core.Daily.Measures;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Retention;

/// <summary>What of retention is looked at: of everybody or a segment, customers or value.</summary>
internal sealed record RetentionView(SegmentKind By, string? Segment, RetentionMeasure Show, bool ChurnIsKnown)
{
    /// <summary>In an address, the segment of those without a plan or stage: an empty one would count as absent.</summary>
    private const string NoValue = "-";

    /// <summary>Throws <see cref="ApiRefusal"/>.</summary>
    public static RetentionView Of(PageRequest request, bool churnIsKnown)
    {
        var by = SegmentKinds.Parse(Query.OneOf(request.Http, "by", SegmentKinds.Names)) ?? SegmentKind.Plan;
        string? show = Query.OneOf(request.Http, "show", ["customers", "value"]);
        string? segment = request.One("segment");
        return new RetentionView(
            by,
            segment == NoValue ? "" : segment,
            show == "value" || !churnIsKnown ? RetentionMeasure.Value : RetentionMeasure.Customers,
            churnIsKnown
        );
    }

    public static string Name(Reader reader, RetentionMeasure measure) =>
        measure == RetentionMeasure.Customers ? reader.Say("Still customers") : reader.Say("Getting value");

    public string Address(string path = "/retention") =>
        Links.With(
            path,
            ("by", By.Name()),
            ("segment", Segment is "" ? NoValue : Segment),
            ("show", Show == RetentionMeasure.Value ? "value" : null)
        );
}

internal enum RetentionMeasure
{
    Customers,
    Value,
}
