using System.Globalization;
using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Core.Processing.Folding;

/// <summary>Reads the scalar members of a properties or traits object, one after the other, without building it.</summary>
public ref struct PayloadReader(ReadOnlyMemory<byte> json)
{
    private Utf8JsonReader _reader = new(json.Span, new JsonReaderOptions { MaxDepth = 64 });
    private bool _started;

    /// <summary>Moves to the next scalar member; nested objects and arrays are passed over.</summary>
    public bool Next()
    {
        if (json.IsEmpty)
            return false;
        if (!_started)
        {
            _started = true;
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
                return false;
        }
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            Name = _reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(_reader.GetString()!) : _reader.ValueSpan;
            _reader.Read();
            if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                return true;
            _reader.Skip();
        }
        return false;
    }

    /// <summary>The member's name as UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public readonly bool Is(string name)
    {
        Span<byte> utf8 = stackalloc byte[256];
        return name.Length <= 85
            ? Name.SequenceEqual(utf8[..Encoding.UTF8.GetBytes(name, utf8)])
            : string.Equals(NameText, name, StringComparison.Ordinal);
    }

    public readonly string NameText => Encoding.UTF8.GetString(Name);

    /// <summary>The value as a finite number; a number written as text counts too. Null for anything else.</summary>
    public readonly double? Number()
    {
        if (_reader.TokenType == JsonTokenType.Number)
            return _reader.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;
        return
            _reader.TokenType == JsonTokenType.String
            && double.TryParse(_reader.GetString(), NumberStyles.Float, null, out double parsed)
            && double.IsFinite(parsed)
            ? parsed
            : null;
    }

    /// <summary>The value as text: a string's content, a number's digits, a boolean as written; null for null.</summary>
    public readonly string? Text() =>
        _reader.TokenType switch
        {
            JsonTokenType.String => _reader.GetString(),
            JsonTokenType.Null => null,
            JsonTokenType.Number => JsonNumber.ToText(_reader.ValueSpan),
            _ => Encoding.UTF8.GetString(_reader.ValueSpan),
        };
}
