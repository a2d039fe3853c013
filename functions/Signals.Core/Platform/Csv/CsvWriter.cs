using System.Buffers;
using System.Globalization;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Platform.Csv;

/// <summary>
/// Writes a table as CSV that spreadsheets open (RFC 4180), row by row. No text in it is taken for a formula
/// (<see cref="FormulaGuard"/>). Where a language has the comma in numbers, semicolons part the cells, as its spreadsheets expect.
/// </summary>
/// <param name="target">Stays open.</param>
/// <param name="language">Whose spreadsheet it is for, such as <c>fr</c>; what programs read is <c>en</c>.</param>
public sealed class CsvWriter(TextWriter target, string language = "en")
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",;\r\n\t");

    private readonly Language _language = Language.Of(language);

    /// <param name="cells">
    /// Texts, numbers, <see cref="DateOnly"/>, <see cref="DateTimeOffset"/> (written in UTC), truths; null stays empty.
    /// </param>
    public async Task RowAsync(params object?[] cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                await target.WriteAsync(_language.CellSeparator);
            await target.WriteAsync(TextOf(cells[i]));
        }
        await target.WriteAsync("\r\n");
    }

    private string TextOf(object? cell) =>
        cell switch
        {
            null => "",
            string text => Quoted(FormulaGuard.Add(text)),
            double number => double.IsFinite(number) ? _language.Cell(number, "0.####") : "",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new ArgumentException(
                $"A cell is a text, a number, a day, a moment or a truth; found {cell.GetType().Name}.",
                nameof(cell)
            ),
        };

    private static string Quoted(string text) =>
        !text.AsSpan().ContainsAny(Special) && text.AsSpan().Trim().Length == text.Length
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
