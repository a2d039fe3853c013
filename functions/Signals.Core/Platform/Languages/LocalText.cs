using System.Diagnostics.CodeAnalysis;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// A text of the model for people to read, in the languages it was given in. Where one was not given it reads in English, else in the first
/// that was; a plain text reads alike in all.
/// </summary>
public sealed class LocalText : IEquatable<LocalText>
{
    private const string English = "en";

    private readonly KeyValuePair<string, string>[] _texts;

    /// <summary>The same words in every language.</summary>
    public LocalText(string text) => (Text, _texts) = (text, []);

    /// <param name="byLanguage">One or more: text by language, such as "fr".</param>
    public LocalText(IReadOnlyDictionary<string, string> byLanguage)
    {
        _texts = [.. byLanguage.OrderBy(text => text.Key, StringComparer.Ordinal)];
        Text = byLanguage.TryGetValue(English, out string? english) ? english : _texts[0].Value;
    }

    /// <summary>In English, or as near to it as there is.</summary>
    public string Text { get; }

    /// <summary>The texts by language, in the order of its codes; none when it is the same in every one.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> ByLanguage => _texts;

    /// <summary>True when it is the same words in every language.</summary>
    public bool IsPlain => _texts.Length == 0;

    /// <summary>As it is put in a phrase: a string when it is the same words in every language.</summary>
    internal object ToArgument() => IsPlain ? Text : this;

    /// <summary>Every wording, each once.</summary>
    public IEnumerable<string> All => IsPlain ? [Text] : _texts.Select(text => text.Value).Distinct(StringComparer.Ordinal);

    /// <summary>As people of a locale such as "fr" or "fr-CA" read it.</summary>
    public string In(string locale)
    {
        string language = MessageLanguages.Of(locale);
        foreach (var (key, text) in _texts)
        {
            if (key == language)
                return text;
        }
        return Text;
    }

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator string?(LocalText? text) => text?.Text;

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator LocalText?(string? text) => text is null ? null : new LocalText(text);

    public bool Equals(LocalText? other) => other is not null && Text == other.Text && _texts.AsSpan().SequenceEqual(other._texts);

    public override bool Equals(object? obj) => Equals(obj as LocalText);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
