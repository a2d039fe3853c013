using Signals.Core.Model.Reading;
using Signals.Core.Platform.Csv;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// How a list of opt-outs is written: its encoding, what separates its fields, which column holds what, in which order its dates stand.
/// Found by looking at the whole of it before anybody is suppressed: a file that can't be read with certainty is refused whole.
/// </summary>
internal sealed class SuppressionFile
{
    private const int HeadChars = 2 * CsvReader.MaxRecordChars;
    private const int MaxColumns = 256;

    private readonly TextEncoding _encoding;

    private SuppressionFile(TextEncoding encoding) => _encoding = encoding;

    public SuppressionColumns Columns { get; private set; } = SuppressionColumns.Named([]);

    /// <summary>False where the first record is an entry already.</summary>
    public bool HasNames { get; private set; }

    /// <summary>True where the first record names nothing that is known: the column of addresses is found by what it holds.</summary>
    public bool NamesAreUnknown { get; private set; }

    /// <summary>Null where it says so itself, or has one column.</summary>
    public char? Separator { get; private init; }

    public SuppressionDates Dates { get; } = new();

    /// <summary>False where other letters than ASCII's may be read wrong.</summary>
    public bool KnowsLetters => _encoding.KnowsLetters;

    /// <summary>Throws <see cref="SuppressionFileException"/>.</summary>
    /// <param name="file">Can seek.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<SuppressionFile> LookAtAsync(Stream file, CancellationToken cancellationToken)
    {
        var (encoding, found) = await TextEncoding.FindAsync(file, cancellationToken);
        if (encoding is null)
            throw new SuppressionFileException($"found {found}, expected CSV in UTF-8");
        var read = new SuppressionFile(encoding) { Separator = await SeparatorAsync(file, encoding, cancellationToken) };
        await read.ReadColumnsAsync(file, cancellationToken);
        return read;
    }

    /// <summary>The file from its start.</summary>
    public StreamReader Open(Stream file) => Open(file, _encoding);

    /// <summary>The next record; records that quotes made of several are taken apart.</summary>
    public static async ValueTask<CsvRecord?> NextAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken) is { } record)
        {
            if (!SuppressionColumns.HoldsOthers(record))
                return record;
            reader.ReadAgainByLine();
        }
        return null;
    }

    private static StreamReader Open(Stream file, TextEncoding encoding)
    {
        file.Position = 0;
        return new StreamReader(file, encoding.Encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
    }

    /// <summary>The separator by which the first record names most, or else has most fields.</summary>
    private static async Task<char?> SeparatorAsync(Stream file, TextEncoding encoding, CancellationToken cancellationToken)
    {
        char[] head = new char[HeadChars];
        using (var text = Open(file, encoding))
            head = head[..await text.ReadBlockAsync(head, cancellationToken)];
        (int Known, int Fields, char? Separator) best = (0, 1, null);
        foreach (char candidate in CsvReader.Separators)
        {
            using var text = new StringReader(new string(head));
            if (await NextAsync(new CsvReader(text, candidate), cancellationToken) is not { Fault: null } first)
                continue;
            int known = SuppressionColumns.Named(first.Fields).Known + (first.Fields.Any(SuppressionColumns.IsAddress) ? 1 : 0);
            if (first.Fields.Count > 1 && (known, first.Fields.Count).CompareTo((best.Known, best.Fields)) > 0)
                best = (known, first.Fields.Count, candidate);
        }
        return best.Separator;
    }

    private async Task ReadColumnsAsync(Stream file, CancellationToken cancellationToken)
    {
        using var text = Open(file);
        var reader = new CsvReader(text, Separator);
        CsvRecord? first = null;
        int[] addresses = new int[MaxColumns];
        while (await NextAsync(reader, cancellationToken) is { } record)
        {
            if (record.Fault is not null)
                continue;
            if (first is null)
            {
                first = record;
                Columns = SuppressionColumns.Named(record.Fields);
                HasNames = !record.Fields.Any(field => field.Contains('@'));
                if (HasNames)
                    continue;
            }
            for (int i = 0; i < Math.Min(record.Fields.Count, MaxColumns); i++)
                addresses[i] += SuppressionColumns.IsAddress(record.Fields[i]) ? 1 : 0;
            Dates.Note(Columns.TimeOf(record.Fields));
        }
        NamesAreUnknown = HasNames && Columns.Email < 0 && Columns.Recipient < 0;
        if (first is not null)
            Columns = Columns with { Email = EmailColumn(first, addresses) };
    }

    /// <summary>
    /// The column of addresses by its name, or the only one that holds any; -1 where recipients stand in their own column.
    /// </summary>
    private int EmailColumn(CsvRecord first, int[] addresses)
    {
        int[] holding = [.. Enumerable.Range(0, MaxColumns).Where(column => addresses[column] > 0)];
        if (Columns.Email >= 0 && (holding.Length == 0 || holding.Contains(Columns.Email) || holding.Length > 1))
            return Columns.Email;
        if (Columns.Recipient >= 0)
            return -1;
        return holding.Length switch
        {
            1 => holding[0],
            0 => throw SuppressionFileException.OfFirstLine(first),
            _ => throw new SuppressionFileException(
                $"line {first.Line}: found addresses in {holding.Length} columns, expected one named {ModelNode.Quote("email")}"
            ),
        };
    }
}
