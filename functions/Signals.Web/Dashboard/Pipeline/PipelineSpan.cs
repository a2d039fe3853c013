namespace Signals.Web.Dashboard.Pipeline;

/// <summary>How far the pipeline's charts look back, and how many minutes stand together at one place.</summary>
internal sealed record PipelineSpan(string Name, int Minutes, int Together)
{
    public static readonly IReadOnlyList<string> Names = ["hour", "day"];

    private static readonly PipelineSpan Hour = new("hour", 60, 1);
    private static readonly PipelineSpan Day = new("day", 24 * 60, 15);

    /// <summary>The span of a name; the hour when none is given.</summary>
    public static PipelineSpan Of(string? name) => name == Day.Name ? Day : Hour;
}
