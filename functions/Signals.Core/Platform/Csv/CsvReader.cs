using System.Text;

namespace Signals.Core.Platform.Csv;

/// <summary>
/// Reads CSV (RFC 4180) as people's tools write it, a record at a time, in memory that does not grow with the file: commas, semicolons,
/// tabs or bars between fields, or what a first line like <c>sep=;</c> says; lines that end with LF, CR LF or CR. A double quote opens a
/// quoted field only where the field begins; elsewhere it is text. A quoted field may run over lines, but one that is not closed takes no
/// more than its own line with it.
/// </summary>
/// <param name="text">The file.</param>
/// <param name="separator">What stands between fields where the file does not say so itself; null finds out by its first line.</param>
internal sealed class CsvReader(TextReader text, char? separator = null)
{
    /// <summary>What may stand between fields, the usual one first.</summary>
    public static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>A longer record is a fault.</summary>
    public const int MaxRecordChars = 32 * 1024;

    private const int LeastRead = 8 * 1024;
    private const string SeparatorHint = "sep=";

    private readonly char[] _buffer = new char[2 * MaxRecordChars];
    private readonly StringBuilder _unquoted = new();
    private int _start;
    private int _end;
    private bool _isWhole;
    private int _line = 1;
    private char? _separator;
    private CsvRecord? _last;
    private int _lastStart;
    private bool _isNextByLine;

    private ReadOnlySpan<char> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The next record that is not an empty line; null at the end.</summary>
    public async ValueTask<CsvRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_separator is null)
            await BeginAsync(cancellationToken);
        while (_start < _end || !_isWhole)
        {
            var parsed = Parse(_isNextByLine);
            if (parsed.Length == 0 && !_isWhole && Unread.Length <= MaxRecordChars)
            {
                await FillAsync(cancellationToken);
                continue;
            }
            _isNextByLine = false;
            if (parsed.Length is > 0 and <= MaxRecordChars)
            {
                if (Take(parsed) is { } record)
                    return record;
            }
            else if (await FaultAsync(cancellationToken) is { } fault)
                return fault;
        }
        return null;
    }

    /// <summary>
    /// Goes back to where the last record began and reads its lines as records of their own: for who sees that a quote closed where it was
    /// not meant to. Until the next call of <see cref="ReadAsync"/>.
    /// </summary>
    public void ReadAgainByLine()
    {
        if (_last is not { } record)
            return;
        (_start, _line, _last, _isNextByLine) = (_lastStart, record.Line, null, true);
    }

    /// <summary>Finds the separator: what stands in the first line that has any most often; a comma where there is none.</summary>
    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken);
        if (Unread is ['\ufeff', ..])
            _start++;
        var first = Unread.TrimStart("\r\n");
        int end = first.IndexOfAny('\r', '\n');
        first = end < 0 ? first : first[..end];
        if (first.Length == SeparatorHint.Length + 1 && first.StartsWith(SeparatorHint, StringComparison.OrdinalIgnoreCase))
        {
            _separator = first[^1];
            int hint = Unread.IndexOf(first) + first.Length;
            _line += LineEndsIn(Unread[..hint]);
            _start += hint;
            return;
        }
        string line = OutsideQuotes(first);
        _separator = separator ?? Separators.MaxBy(candidate => line.Count(c => c == candidate));
    }

    private static string OutsideQuotes(ReadOnlySpan<char> line)
    {
        var outside = new StringBuilder(line.Length);
        bool isInside = false;
        foreach (char c in line)
        {
            if (c == '"')
                isInside = !isInside;
            else if (!isInside)
                outside.Append(c);
        }
        return isInside ? line.ToString() : outside.ToString();
    }

    /// <summary>Reads on, more than a few characters at a time: what is not whole yet is parsed again from its start.</summary>
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Unread.CopyTo(_buffer);
        (_start, _end, _last) = (0, _end - _start, null);
        for (int begun = _end; _end - begun < LeastRead && !_isWhole; )
        {
            int read = await text.ReadAsync(_buffer.AsMemory(_end, Math.Min(_buffer.Length - _end, 2 * LeastRead)), cancellationToken);
            _end += read;
            _isWhole = read == 0;
        }
    }

    /// <summary>
    /// One record and its line's end, by line with a quote that is not closed there as text; a length of 0 where the buffer ends before it
    /// or a quote is not closed.
    /// </summary>
    private (List<string> Fields, int Length, bool IsBlank) Parse(bool isByLine)
    {
        var unread = Unread;
        var fields = new List<string>();
        bool isBlank = true;
        for (int at = 0; ; )
        {
            int length = Field(unread[at..], isByLine, out string field, out bool isQuoted);
            if (length < 0)
                return (fields, 0, false);
            fields.Add(field);
            isBlank &= field.Length == 0 && !isQuoted && fields.Count == 1;
            at += length;
            if (at == unread.Length)
                return (fields, _isWhole ? at : 0, isBlank);
            if (unread[at] == _separator)
            {
                at++;
                continue;
            }
            // A CR at the buffer's end may be half of a line's end.
            if (unread[at] == '\r' && at + 1 == unread.Length && !_isWhole)
                return (fields, 0, false);
            return (fields, at + (unread[at] == '\r' && at + 1 < unread.Length && unread[at + 1] == '\n' ? 2 : 1), isBlank);
        }
    }

    /// <summary>The characters up to the separator or line's end after a field, or -1 where it is not whole.</summary>
    private int Field(ReadOnlySpan<char> rest, bool isByLine, out string field, out bool isQuoted)
    {
        int begin = 0;
        while (begin < rest.Length && rest[begin] != _separator && rest[begin] is ' ' or '\t')
            begin++;
        isQuoted = begin < rest.Length && rest[begin] == '"';
        if (isQuoted)
        {
            int length = Quoted(rest, begin + 1, isByLine, out field);
            if (length >= 0 || !isByLine)
                return length;
            isQuoted = false;
        }
        int end = rest.IndexOfAny(_separator!.Value, '\r', '\n');
        end = end < 0 ? rest.Length : end;
        field = rest[..end].Trim().ToString();
        return end;
    }

    private int Quoted(ReadOnlySpan<char> rest, int at, bool isByLine, out string field)
    {
        field = "";
        _unquoted.Clear();
        if (isByLine && rest.IndexOfAny('\r', '\n') is >= 0 and var lineEnd)
            rest = rest[..lineEnd];
        while (true)
        {
            int quote = rest[at..].IndexOf('"');
            if (quote < 0)
                return -1;
            _unquoted.Append(rest.Slice(at, quote));
            at += quote + 1;
            if (at == rest.Length || rest[at] != '"')
                break;
            _unquoted.Append('"');
            at++;
        }
        int end = rest[at..].IndexOfAny(_separator!.Value, '\r', '\n');
        end = end < 0 ? rest.Length : at + end;
        var after = rest[at..end].TrimEnd();
        // Text after a closing quote belongs to the field; but where the field ran over lines, it was another field's quote that closed it.
        if (after.TrimStart().Length > 0 && rest[..at].ContainsAny('\r', '\n'))
            return -1;
        field = _unquoted.Append(after).ToString().Trim(' ');
        return end;
    }

    private CsvRecord? Take((List<string> Fields, int Length, bool IsBlank) parsed)
    {
        int ends = LineEndsIn(Unread[..parsed.Length]);
        bool isEnded = Unread[parsed.Length - 1] is '\r' or '\n';
        _last = parsed.IsBlank ? null : new CsvRecord(_line, isEnded ? ends : ends + 1, parsed.Fields, null);
        _lastStart = _start;
        _start += parsed.Length;
        _line += ends;
        return _last;
    }

    /// <summary>Passes over one line: a quote in it is not closed, or it is too long.</summary>
    private async ValueTask<CsvRecord?> FaultAsync(CancellationToken cancellationToken)
    {
        int line = _line,
            end = Unread.IndexOfAny('\r', '\n');
        if (end is < 0 or > MaxRecordChars)
        {
            bool isTooLong = Unread.Length > MaxRecordChars;
            while ((end = Unread.IndexOfAny('\r', '\n')) < 0 && !_isWhole)
            {
                _start = _end;
                await FillAsync(cancellationToken);
            }
            await PassAsync(end < 0 ? Unread.Length : end, cancellationToken);
            return Fault(
                line,
                isTooLong
                    ? $"found a record of more than {MaxRecordChars} characters, expected one entry a line; a double quote may not be "
                        + "closed"
                    : "found a double quote that is not closed, expected another one before the file ends"
            );
        }
        await PassAsync(end, cancellationToken);
        return Fault(line, "found a double quote that is not closed, expected another one where its field ends");
    }

    private async ValueTask PassAsync(int length, CancellationToken cancellationToken)
    {
        _start += length;
        if (Unread.Length < 2 && !_isWhole)
            await FillAsync(cancellationToken);
        if (Unread.IsEmpty)
            return;
        _start += Unread is ['\r', '\n', ..] ? 2 : 1;
        _line++;
    }

    private static CsvRecord Fault(int line, string fault) => new(line, 1, [], fault);

    private static int LineEndsIn(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");
}

/// <summary>One record.</summary>
/// <param name="Line">The line it starts on, from 1.</param>
/// <param name="Lines">How many it runs over.</param>
/// <param name="Fields">Without quotes and spaces around.</param>
/// <param name="Fault">What is wrong with it, where it could not be read; it has no fields then.</param>
internal sealed record CsvRecord(int Line, int Lines, IReadOnlyList<string> Fields, string? Fault);
