using System.Text.Json.Serialization;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// Something that a CS manager reads, in the two languages there are. Words of the model and of customers stand in both as they were
/// written.
/// </summary>
/// <param name="En">In English.</param>
/// <param name="Fr">In French.</param>
[JsonConverter(typeof(PhraseJsonConverter))]
public readonly record struct Phrase(string En, string Fr)
{
    public static Phrase Empty { get; } = Same("");

    public bool IsEmpty => string.IsNullOrEmpty(En);

    /// <summary>What reads the same in either language: a name, or what somebody wrote.</summary>
    public static Phrase Same(string text) => new(text, text);

    /// <summary>English and French side by side; amounts, days and phrases in their holes are written as each language does.</summary>
    public static Phrase Of(PhraseText english, PhraseText french) => new(english.English, french.French);

    /// <summary>Words that are the same in both languages around what is not.</summary>
    public static Phrase Of(PhraseText both) => new(both.English, both.French);

    /// <summary>
    /// The phrase in the language of a locale such as <c>fr</c> or <c>fr-CA</c>; English for languages there is nothing in.
    /// </summary>
    public string In(string locale) => MessageLanguages.Of(locale) == "fr" ? Fr : En;

    /// <summary>In English, for logs and debuggers.</summary>
    public override string ToString() => En;
}
