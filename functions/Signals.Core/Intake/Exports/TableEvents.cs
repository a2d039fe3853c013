using Signals.Core.Platform.Csv;

namespace Signals.Core.Intake.Exports;

/// <summary>Reads a table (CSV, TSV, semicolons, bars) as events, a row at a time.</summary>
public sealed class TableEvents(TextReader text)
{
    private readonly CsvReader _reader = new(text);
    private CsvRecord? _waiting;

    /// <summary>The names of the columns; empty before <see cref="BeginAsync"/>, and for a file without any.</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    /// <summary>The first row after them, for a guess; null where there is none.</summary>
    public IReadOnlyList<string>? FirstRow => _waiting is { Fault: null } first ? first.Fields : null;

    /// <summary>Reads the headers and looks at the first row. Call once.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        Headers = await _reader.ReadAsync(cancellationToken) is { Fault: null } headers ? headers.Fields : [];
        _waiting = await _reader.ReadAsync(cancellationToken);
    }

    /// <summary>
    /// Which columns say what, as somebody said or, by null, as headers and first row suggest. Throws
    /// <see cref="TableMappingException"/> for what cannot be meant.
    /// </summary>
    public TableMapping MappingBy(string? map) => map is null ? TableMapping.Guess(Headers, FirstRow) : TableMapping.Parse(map, Headers);

    /// <summary>The next row; null at the end.</summary>
    public async ValueTask<TableRow?> ReadAsync(CancellationToken cancellationToken)
    {
        var record = _waiting ?? await _reader.ReadAsync(cancellationToken);
        _waiting = null;
        return record is null ? null : new TableRow(record.Line, record.Fields, record.Fault);
    }
}

/// <summary>A row: the line it starts on, from 1, and its fields, or what is wrong with it.</summary>
public sealed record TableRow(int Line, IReadOnlyList<string> Fields, string? Fault);
