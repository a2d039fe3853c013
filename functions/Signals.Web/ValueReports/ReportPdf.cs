using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Signals.Web.ValueReports;

/// <summary>A value report as a PDF: A4, its font embedded, text that can be selected and read aloud.</summary>
internal sealed class ReportPdf : IDisposable
{
    private const double Margin = 62;
    private const double Gap = 6;

    private static readonly XColor Ink = XColor.FromArgb(28, 36, 48);
    private static readonly XColor Quiet = XColor.FromArgb(92, 102, 115);
    private static readonly XColor Accent = XColor.FromArgb(11, 93, 69);
    private static readonly XColor Line = XColor.FromArgb(214, 219, 226);

    private readonly PdfDocument _document = new();
    private readonly XFont _title = new(ReportFonts.Family, 21, XFontStyleEx.Bold);
    private readonly XFont _section = new(ReportFonts.Family, 13, XFontStyleEx.Bold);
    private readonly XFont _text = new(ReportFonts.Family, 10.5);
    private readonly XFont _strong = new(ReportFonts.Family, 10.5, XFontStyleEx.Bold);
    private readonly XFont _small = new(ReportFonts.Family, 9);
    private readonly XFont _number = new(ReportFonts.Family, 17, XFontStyleEx.Bold);

    private PdfPage _page = null!;
    private XGraphics _graphics = null!;
    private double _y;

    private ReportPdf(string title, string language)
    {
        _document.Info.Title = title;
        _document.Language = language;
        NewPage();
    }

    private double Width => _page.Width.Point - 2 * Margin;

    private double Bottom => _page.Height.Point - Margin;

    /// <param name="title">The document's.</param>
    /// <param name="language">Such as <c>fr</c>.</param>
    /// <param name="blocks">What it says.</param>
    /// <param name="foot">A line at the foot of each page.</param>
    public static byte[] Of(string title, string language, IReadOnlyList<ReportBlock> blocks, string foot)
    {
        using var pdf = new ReportPdf(title, language);
        foreach (var block in blocks)
            pdf.Draw(block);
        pdf.Feet(foot);
        using var memory = new MemoryStream();
        pdf._document.Save(memory, closeStream: false);
        return memory.ToArray();
    }

    public void Dispose()
    {
        _graphics.Dispose();
        _document.Dispose();
    }

    private void Draw(ReportBlock block)
    {
        switch (block)
        {
            case ReportBlock.Title title:
                _graphics.DrawRectangle(new XSolidBrush(Accent), 0, 0, _page.Width.Point, 8);
                Write(title.Text, _title, Ink, Margin, Width);
                Write(title.Under, _text, Quiet, Margin, Width);
                break;
            case ReportBlock.Section section:
                // A heading stays with what it is over.
                Room(70);
                _y += 16;
                Write(section.Text, _section, Accent, Margin, Width);
                _y += 2;
                break;
            case ReportBlock.Paragraph paragraph:
                Write(paragraph.Text, _text, Ink, Margin, Width);
                _y += Gap;
                break;
            case ReportBlock.Quote quote:
                Write(quote.Text, _strong, Ink, Margin + 14, Width - 14, bar: true);
                _y += Gap;
                break;
            case ReportBlock.Figures figures:
                Draw(figures);
                break;
            case ReportBlock.Points points:
                foreach (var point in points.All)
                    Draw(point);
                break;
            case ReportBlock.Table table:
                Draw(table);
                break;
        }
    }

    private void Draw(ReportBlock.Figures figures)
    {
        const int Columns = 2;
        double width = Width / Columns;
        foreach (var row in figures.All.Chunk(Columns))
        {
            Room(58);
            double top = _y,
                bottom = _y;
            for (int i = 0; i < row.Length; i++)
            {
                _y = top;
                Write(row[i].Name, _small, Quiet, Margin + i * width, width - 12);
                Write(row[i].Value, _number, Ink, Margin + i * width, width - 12);
                if (row[i].Note.Length > 0)
                    Write(row[i].Note, _small, Quiet, Margin + i * width, width - 12);
                bottom = Math.Max(bottom, _y);
            }
            _y = bottom + Gap;
        }
    }

    private void Draw(ReportPoint point)
    {
        Room(34);
        _graphics.DrawEllipse(new XSolidBrush(Accent), Margin + 1, _y + 5, 4, 4);
        Write(point.What, _strong, Ink, Margin + 14, Width - 14);
        if (point.About.Length > 0)
            Write(point.About, _text, Ink, Margin + 14, Width - 14);
        if (point.Link.Length > 0)
            Write(point.Link, _small, Quiet, Margin + 14, Width - 14);
        _y += Gap;
    }

    private void Draw(ReportBlock.Table table)
    {
        double number = 90,
            first = Width - number * (table.Heads.Count - 1);
        Row(table.Heads, _small, Quiet, first, number);
        foreach (var row in table.Rows)
            Row(row, _text, Ink, first, number);
        _y += Gap;
    }

    private void Row(IReadOnlyList<string> cells, XFont font, XColor color, double first, double number)
    {
        Room(24);
        double top = _y + 3;
        for (int i = 1; i < cells.Count; i++)
        {
            double width = _graphics.MeasureString(cells[i], font).Width;
            _graphics.DrawString(cells[i], font, new XSolidBrush(color), Margin + first + number * i - width, top, XStringFormats.TopLeft);
        }
        _y = top;
        Write(cells[0], font, color, Margin, first - 12);
        _y += 3;
        _graphics.DrawLine(new XPen(Line, 0.6), Margin, _y, Margin + Width, _y);
    }

    /// <summary>Words from here down, broken into lines and over pages, a bar beside each line of a quote.</summary>
    private void Write(string text, XFont font, XColor color, double x, double width, bool bar = false)
    {
        double height = font.GetHeight() * 1.15;
        foreach (string line in Lines(text, font, width))
        {
            Room(height);
            _graphics.DrawString(line, font, new XSolidBrush(color), x, _y, XStringFormats.TopLeft);
            if (bar)
                _graphics.DrawLine(new XPen(Accent, 2), Margin + 3, _y, Margin + 3, _y + height);
            _y += height;
        }
    }

    private IEnumerable<string> Lines(string text, XFont font, double width)
    {
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            string line = "";
            foreach (string word in paragraph.Split(' ').SelectMany(word => Pieces(word, font, width)))
            {
                string longer = line.Length == 0 ? word : line + " " + word;
                if (line.Length > 0 && _graphics.MeasureString(longer, font).Width > width)
                {
                    yield return line;
                    line = word;
                }
                else
                {
                    line = longer;
                }
            }
            yield return line;
        }
    }

    /// <summary>A word that is wider than the line, as an address may be, in pieces that are not.</summary>
    private IEnumerable<string> Pieces(string word, XFont font, double width)
    {
        while (word.Length > 1 && _graphics.MeasureString(word, font).Width > width)
        {
            int length = word.Length - 1;
            while (length > 1 && _graphics.MeasureString(word[..length], font).Width > width)
                length--;
            // Never between the two halves of one character.
            if (char.IsHighSurrogate(word[length - 1]) && length > 1)
                length--;
            yield return word[..length];
            word = word[length..];
        }
        yield return word;
    }

    private void Room(double height)
    {
        if (_y + height > Bottom)
            NewPage();
    }

    private void NewPage()
    {
        _graphics?.Dispose();
        _page = _document.AddPage();
        _page.Size = PdfSharp.PageSize.A4;
        _graphics = XGraphics.FromPdfPage(_page);
        _y = Margin;
    }

    private void Feet(string foot)
    {
        _graphics.Dispose();
        for (int i = 0; i < _document.PageCount; i++)
        {
            var page = _document.Pages[i];
            using var graphics = XGraphics.FromPdfPage(page, XGraphicsPdfPageOptions.Append);
            graphics.DrawString(foot, _small, new XSolidBrush(Quiet), Margin, page.Height.Point - 34, XStringFormats.TopLeft);
            string number = $"{i + 1} / {_document.PageCount}";
            double width = graphics.MeasureString(number, _small).Width;
            graphics.DrawString(
                number,
                _small,
                new XSolidBrush(Quiet),
                page.Width.Point - Margin - width,
                page.Height.Point - 34,
                XStringFormats.TopLeft
            );
        }
    }
}
