namespace Signals.Web.ValueReports;

/// <summary>A part of a value report, as a page and a PDF both draw it.</summary>
internal abstract record ReportBlock
{
    private ReportBlock() { }

    internal sealed record Title(string Text, string Under) : ReportBlock;

    internal sealed record Section(string Text) : ReportBlock;

    internal sealed record Paragraph(string Text) : ReportBlock;

    /// <summary>Somebody's own words, and whose they are; empty where that is plain.</summary>
    internal sealed record Quote(string Text, string Whose) : ReportBlock;

    internal sealed record Figures(IReadOnlyList<ReportFigure> All) : ReportBlock;

    internal sealed record Points(IReadOnlyList<ReportPoint> All) : ReportBlock;

    internal sealed record Table(string Caption, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportBlock;
}

internal sealed record ReportFigure(string Name, string Value, string Note);

/// <summary>A line of a list: what, a few words about it, and where more stands; the last two may be empty.</summary>
internal sealed record ReportPoint(string What, string About, string Link);
