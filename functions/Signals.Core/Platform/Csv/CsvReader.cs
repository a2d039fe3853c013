using System.Text;

namespace Signals.Core.Platform.Csv;

/// <summary>
/// Reads CSV (RFC 4180) a record at a time, in memory that does not grow with the file: fields between commas, semicolons or tabs, in double
/// quotes where they hold one of these or a line's end.
/// </summary>
/// <param name="text">The file.</param>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>A record of more characters is a fault: a quote that nobody closed would swallow the whole file.</summary>
    public const int MaxRecordChars = 32 * 1024;

    private const int End = -1;
    private const int BufferChars = 16 * 1024;

    private readonly char[] _buffer = new char[BufferChars];
    private int _read;
    private int _at;
    private int _line = 1;
    private char? _separator;

    /// <summary>The next record that is not an empty line; null at the end.</summary>
    public async ValueTask<CsvRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int line = _line;
            var raw = await RawAsync(cancellationToken).ConfigureAwait(false);
            if (raw.Ended && raw.Text.Length == 0)
                return null;
            if (raw.Fault is { } fault)
                return new CsvRecord(line, [], fault);
            if (string.IsNullOrWhiteSpace(raw.Text))
                continue;
            string record = line == 1 ? raw.Text.TrimStart('\ufeff') : raw.Text;
            _separator ??= SeparatorOf(record);
            return new CsvRecord(line, Split(record), null);
        }
    }

    /// <summary>The characters up to a line's end that stands in no quotes.</summary>
    private async ValueTask<(string Text, bool Ended, string? Fault)> RawAsync(CancellationToken cancellationToken)
    {
        var record = new StringBuilder();
        bool quoted = false, tooLong = false;
        while (true)
        {
            int next = await NextAsync(cancellationToken).ConfigureAwait(false);
            if (next == End)
                return (record.ToString(), true, FaultOf(tooLong, quoted));
            char c = (char)next;
            if (c == '\n')
                _line++;
            if (c == '\n' && (!quoted || tooLong))
                return (record.ToString().TrimEnd('\r'), false, FaultOf(tooLong, quoted: false));
            if (c == '"')
                quoted = !quoted;
            // What is too long is read on to its line's end, and not kept.
            tooLong |= record.Length >= MaxRecordChars;
            if (!tooLong)
                record.Append(c);
        }
    }

    private static string? FaultOf(bool tooLong, bool quoted) => tooLong
        ? $"found a record of more than {MaxRecordChars} characters, expected one entry a line; a double quote may not be closed"
        : quoted ? "found a double quote that is not closed, expected another one before the file ends" : null;

    private async ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        if (_at == _read)
        {
            _read = await text.ReadAsync(_buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
            _at = 0;
            if (_read == 0)
                return End;
        }
        return _buffer[_at++];
    }

    /// <summary>What stands between the names of columns most often; a comma where there is but one.</summary>
    private static char SeparatorOf(string header) => ((char[])[',', ';', '\t']).MaxBy(candidate => header.Count(c => c == candidate));

    private List<string> Split(string record)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < record.Length; i++)
        {
            char c = record[i];
            if (c == '"' && quoted && i + 1 < record.Length && record[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
                quoted = !quoted;
            else if (c == _separator && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
                field.Append(c);
        }
        fields.Add(field.ToString().Trim());
        return fields;
    }
}

/// <summary>One record: the line it starts on (from 1), and its fields or what is wrong with it.</summary>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string? Fault);
