using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Exports;
using Signals.Local.Backtest;

namespace Signals.Local.Import;

/// <summary>How the events of a source lie in it.</summary>
public enum SourceForm
{
    /// <summary>One JSON object a line.</summary>
    Lines,

    /// <summary>A JSON array, an object with a list, or objects that run over lines.</summary>
    Json,

    /// <summary>A table: CSV, TSV, or with semicolons or bars between fields.</summary>
    Table,
}

/// <summary>Reads the objects of a source, whatever form it has, some at a time.</summary>
public sealed class ItemReader : IAsyncDisposable
{
    private const int LooksAt = 128 * 1024;
    private const int RowsAtOnce = 512;

    private readonly ImportSource _source;
    private readonly Func<long> _position;
    private readonly Stream _stream;

    private ItemReader(ImportSource source, Stream stream, Func<long> position, SourceForm form)
    {
        _source = source;
        _stream = stream;
        _position = position;
        Form = form;
    }

    public SourceForm Form { get; }

    /// <summary>A table's, once it was begun.</summary>
    public TableEvents? Table { get; private set; }

    /// <summary>Which columns say what; to be set before a table is read.</summary>
    public TableMapping? Mapping { get; set; }

    /// <summary>What a place in the source is called, in faults: a line, or an item of a list.</summary>
    public string Place(long number) => $"{_source.Name}:{(Form == SourceForm.Json ? "item " : "")}{number}";

    /// <summary>Opens a source and finds out its form; of a table, reads the headers.</summary>
    public static async Task<ItemReader> OpenAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var stream = source.Open(out var position);
        byte[] start = new byte[LooksAt];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new StartedStream(start.AsMemory(0, read), stream);
        var reader = new ItemReader(source, whole, position, FormOf(start.AsSpan(0, read)));
        if (reader.Form == SourceForm.Table)
        {
            reader.Table = new TableEvents(new StreamReader(whole, Encoding.UTF8));
            await reader.Table.BeginAsync(cancellationToken);
        }
        return reader;
    }

    /// <summary>
    /// The objects with how far the file was read by then, in bytes. Throws <see cref="BadInputException"/> where it is damaged.
    /// </summary>
    public async IAsyncEnumerable<(List<RawItem> Items, long Position)> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (Form == SourceForm.Table)
        {
            await foreach (var items in RowsAsync(cancellationToken))
                yield return (items, _position());
            yield break;
        }
        using var blocks = (Form == SourceForm.Lines ? Lines() : new ItemSplitter(_stream).Blocks()).GetEnumerator();
        while (Advance(blocks))
            yield return (blocks.Current, _position());
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private bool Advance(IEnumerator<List<RawItem>> blocks)
    {
        try
        {
            return blocks.MoveNext();
        }
        catch (InvalidDataException fault)
        {
            throw new BadInputException($"{_source.Name}: found {fault.Message.TrimEnd('.')}, expected a whole file.", fault);
        }
    }

    private IEnumerable<List<RawItem>> Lines()
    {
        foreach (var block in new LineSplitter(_stream, _position).Blocks())
        {
            var items = new List<RawItem>(block.Lines.Count);
            foreach (var (number, length) in block.TooLong)
                items.Add(new RawItem(number, default, $"found {length} bytes, expected at most {LineSplitter.MaxLineBytes}"));
            foreach (var line in block.Lines)
                items.Add(new RawItem(line.Number, block.Bytes.AsMemory(line.Start, line.Length), null));
            yield return items;
        }
    }

    private async IAsyncEnumerable<List<RawItem>> RowsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var items = new List<RawItem>(RowsAtOnce);
        while (await Table!.ReadAsync(cancellationToken) is { } row)
        {
            items.Add(new RawItem(row.Line, row.Fault is null ? Mapping!.ToMessage(row.Fields) : default, row.Fault));
            if (items.Count < RowsAtOnce)
                continue;
            yield return items;
            items = new List<RawItem>(RowsAtOnce);
        }
        if (items.Count > 0)
            yield return items;
    }

    /// <summary>Lines where the first line is a whole object; a table where it begins like no JSON.</summary>
    private static SourceForm FormOf(ReadOnlySpan<byte> start)
    {
        var text = start.StartsWith(Encoding.UTF8.Preamble) ? start[Encoding.UTF8.Preamble.Length..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] == '[')
            return text.IsEmpty ? SourceForm.Lines : SourceForm.Json;
        if (text[0] != '{')
            return SourceForm.Table;
        int end = text.IndexOf((byte)'\n');
        bool isWhole = end >= 0 || text.Length < LooksAt - 16;
        return isWhole && IsObject(end >= 0 ? text[..end] : text) ? SourceForm.Lines
            : end >= 0 && !IsBegunObject(text[..end]) ? SourceForm.Lines
            : SourceForm.Json;
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
            reader.Read();
            reader.Skip();
            // A list on one line is as long as it likes.
            return reader.TokenType == JsonTokenType.EndObject && json.Length <= LineSplitter.MaxLineBytes;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>True where the object may go on in the next line.</summary>
    private static bool IsBegunObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 1000 }));
            int open = 0;
            while (reader.Read())
                open += reader.TokenType switch
                {
                    JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                    JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                    _ => 0,
                };
            return open > 0 || json.Length > LineSplitter.MaxLineBytes;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
