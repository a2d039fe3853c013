using System.Text.Json;
using Signals.Core.Intake.Exports;

namespace Signals.Local.Import;

/// <summary>
/// Cuts JSON that is no list of lines into its objects: the items of an array, of a list in an object (<c>batch</c>, <c>results</c>, ...),
/// or objects one after the other that run over lines. Memory is bounded: an object that is larger than an event may be is passed over and
/// reported.
/// </summary>
public sealed class ItemSplitter(Stream stream)
{
    private const int ItemsAtOnce = 256;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private long _passed;
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 1000 });

    /// <summary>The objects, some at a time. Throws <see cref="InvalidDataException"/> where the JSON breaks off, with the byte.</summary>
    public IEnumerable<List<RawItem>> Blocks()
    {
        var items = new List<RawItem>(ItemsAtOnce);
        long number = 0;
        while (Next(ref number) is { } item)
        {
            items.Add(item);
            if (items.Count < ItemsAtOnce)
                continue;
            yield return items;
            items = new List<RawItem>(ItemsAtOnce);
        }
        if (items.Count > 0)
            yield return items;
    }

    private RawItem? Next(ref long number)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _ended, _state);
            try
            {
                if (!reader.Read())
                {
                    Keep(reader);
                    if (_ended)
                        return null;
                    Fill();
                    continue;
                }
                if (reader.TokenType == JsonTokenType.StartObject && IsItem(ref reader, out var bytes, out bool isWhole))
                {
                    if (!isWhole)
                    {
                        if (!_ended && _end - _start < MaxObjectBytes)
                        {
                            Fill();
                            continue;
                        }
                        if (_depthOfItems > 0)
                        {
                            // Too large for an event, and inside of a list: read over it, token by token.
                            PassOver(ref number, reader);
                            return new RawItem(
                                number,
                                default,
                                $"found an object of more than {MaxObjectBytes:#,##0} bytes, expected an event"
                            );
                        }
                        // An object that large holds a list; its items are what is wanted.
                        Keep(reader);
                        continue;
                    }
                    Keep(reader);
                    return new RawItem(++number, bytes, null);
                }
                Note(reader);
                Keep(reader);
            }
            catch (JsonException fault)
            {
                throw new InvalidDataException(
                    $"JSON that cannot be read near byte {_passed + (fault.BytePositionInLine ?? 0):#,##0} of line {fault.LineNumber + 1}",
                    fault
                );
            }
        }
    }

    /// <summary>An event with all that may stand around it.</summary>
    private const int MaxObjectBytes = 4 * 1024 * 1024;

    /// <summary>The depth at which items stand, once a list was entered; 0 outside.</summary>
    private int _depthOfItems;
    private string? _name;

    private bool IsItem(ref Utf8JsonReader reader, out byte[] bytes, out bool isWhole)
    {
        bytes = [];
        isWhole = false;
        if (_depthOfItems == 0 ? reader.CurrentDepth != 0 : reader.CurrentDepth != _depthOfItems)
            return false;
        var ahead = reader;
        int from = (int)reader.TokenStartIndex;
        if (!ahead.TrySkip())
            return true;
        bytes = _buffer.AsSpan(_start + from, (int)ahead.BytesConsumed - from).ToArray();
        isWhole = true;
        reader = ahead;
        return true;
    }

    /// <summary>Notes the lists that are entered and left.</summary>
    private void Note(Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                _name = reader.GetString();
                break;
            case JsonTokenType.StartArray when reader.CurrentDepth == 0:
                _depthOfItems = 1;
                break;
            case JsonTokenType.StartArray
                when reader.CurrentDepth == 1 && _depthOfItems == 0 && ExportLists.Names.Contains(_name, StringComparer.Ordinal):
                _depthOfItems = 2;
                break;
            case JsonTokenType.EndArray when reader.CurrentDepth == _depthOfItems - 1:
                _depthOfItems = 0;
                break;
        }
    }

    private void PassOver(ref long number, Utf8JsonReader reader)
    {
        number++;
        int depth = reader.CurrentDepth;
        Keep(reader);
        while (true)
        {
            var next = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _ended, _state);
            while (next.Read())
            {
                if (next.TokenType != JsonTokenType.EndObject || next.CurrentDepth != depth)
                    continue;
                Keep(next);
                return;
            }
            Keep(next);
            if (_ended)
                throw new InvalidDataException("an object that does not end");
            Fill();
        }
    }

    private void Keep(Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _passed += reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _ended = read == 0;
    }
}

/// <summary>An object of a file: its line, or its number in a list, from 1; its bytes, or what is wrong with it.</summary>
public readonly record struct RawItem(long Number, Memory<byte> Json, string? Fault);
