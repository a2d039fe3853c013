using Signals.Core.Model;

namespace Signals.Web.Dashboard;

/// <summary>Risk levels as readers see them: a word, a tone and a shape, so that colour never speaks alone.</summary>
internal static class Levels
{
    public static string Name(Reader reader, RiskLevel level) =>
        level switch
        {
            RiskLevel.Critical => reader.Say("Critical"),
            RiskLevel.AtRisk => reader.Say("At risk"),
            RiskLevel.Watch => reader.Say("Watch"),
            _ => reader.Say("Healthy"),
        };

    /// <summary>The level with its shape: a triangle, a diamond, a ring, a tick.</summary>
    public static Html Badge(Reader reader, RiskLevel level) =>
        $"""
            <span class="level {level.Name()}"><svg viewBox="0 0 12 12" aria-hidden="true">
            <path d="{Shape(level)}"/></svg>{Name(reader, level)}</span>
            """;

    private static string Shape(RiskLevel level) =>
        level switch
        {
            RiskLevel.Critical => "M6 .8L11.6 11H.4z",
            RiskLevel.AtRisk => "M6 .4L11.6 6L6 11.6L.4 6z",
            RiskLevel.Watch => "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zM6 3a3 3 0 1 1 0 6a3 3 0 1 1 0-6z",
            _ => "M4.4 11L.4 6.6l1.5-1.4l2.5 2.7l5.6-6.6l1.6 1.3z",
        };
}
