namespace Signals.Web.Charts;

/// <summary>One line, or one part of each bar.</summary>
/// <param name="Name">In the reader's language.</param>
/// <param name="Values">One for each place along the chart; null where nothing is known.</param>
public sealed record Series(string Name, IReadOnlyList<double?> Values)
{
    /// <summary>A tone of the style: a risk level's name (<c>critical</c>, …); null takes the next of <c>s1</c> to <c>s6</c>.</summary>
    public string? Tone { get; init; }

    public string ToneAt(int index) => Tone ?? $"s{(index % 6) + 1}";
}

/// <summary>What every chart is told.</summary>
/// <param name="Title">What is drawn, in the reader's language: the figure's caption and the table's.</param>
/// <param name="Along">What the places along it are: Day, Week.</param>
/// <param name="Places">Their names, as they read on the axis and in the table.</param>
/// <param name="Format">How a value reads.</param>
public sealed record ChartText(string Title, string Along, IReadOnlyList<string> Places, Func<double, string> Format)
{
    /// <summary>A few words after the title: the unit.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The table behind it where that says more than the values drawn; empty for a table of those.</summary>
    public Html Numbers { get; init; }
}

/// <summary>A value that the others are held against, drawn as a dashed line.</summary>
public sealed record ReferenceLine(string Name, double Value);

/// <summary>Something that happened at a place along the chart.</summary>
public sealed record ChartMark(int Place, string Text);
