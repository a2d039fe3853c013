using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// Something that people read, in whatever language they do: the English text of the code with holes, <c>{0} in the last {1} days</c>, and
/// what is in them. The text is the key to the catalogues of other languages. Words of the model and of customers stand in all as they were
/// written.
/// </summary>
[JsonConverter(typeof(PhraseJsonConverter))]
public readonly struct Phrase : IEquatable<Phrase>
{
    private Phrase(PhraseForm form, string text, object[] arguments, string? other = null, long count = 0) =>
        (Form, Text, Arguments, Other, Number) = (form, text, arguments, other, count);

    public static Phrase Empty { get; } = Same("");

    public bool IsEmpty => string.IsNullOrEmpty(Text);

    internal PhraseForm Form { get; }

    /// <summary>The key; of a counted phrase, that of many; else what is written in all languages, or in English.</summary>
    internal string? Text { get; }

    /// <summary>The key of one in a counted phrase; the French of an old row.</summary>
    internal string? Other { get; }

    /// <summary>What is counted.</summary>
    internal long Number { get; }

    /// <summary>
    /// In the holes: texts as they are, numbers, <see cref="Money"/>, <see cref="Share"/>, days, phrases and texts of the model.
    /// </summary>
    internal object[] Arguments => field ?? [];

    /// <summary>What reads the same in every language: a name, or what somebody wrote.</summary>
    public static Phrase Same(string text) => new(PhraseForm.Same, text, []);

    /// <summary>A text of the code.</summary>
    public static Phrase Of([English] string english) => new(PhraseForm.Text, english, []);

    /// <summary>A text of the code; amounts, days and phrases in its holes are written as each language does.</summary>
    public static Phrase Of([English] PhraseText english) => Of(english.Key(), english.Arguments);

    /// <summary>
    /// A text of the code in the right number. Both have the same holes, as languages draw the line between one and many elsewhere.
    /// </summary>
    /// <param name="count">What it depends on.</param>
    /// <param name="one">What is said of one.</param>
    /// <param name="many">What is said of any other number.</param>
    public static Phrase Counted(long count, [English] PhraseText one, [English] PhraseText many) =>
        Counted(count, one.Key(), many.Key(), many.Arguments);

    internal static Phrase Of(string key, object[] arguments) => new(PhraseForm.Text, key, arguments);

    internal static Phrase Counted(long count, string one, string many, object[] arguments) =>
        new(PhraseForm.Counted, many, arguments, one, count);

    /// <summary>As it was stored when there were two languages.</summary>
    internal static Phrase Pair(string english, string french) => new(PhraseForm.Pair, english, [], french);

    /// <summary>
    /// The phrase in the language of a locale such as <c>fr</c> or <c>fr-CA</c>; English for languages there is nothing in.
    /// </summary>
    public string In(string locale) => In(Language.Of(locale));

    public string In(Language language) =>
        Form switch
        {
            PhraseForm.Text => Fill(language.Translated(Text!), language),
            PhraseForm.Counted => Fill(language.Translated(Number, Other!, Text!), language),
            PhraseForm.Pair => language.Code == PhraseJsonConverter.SecondOfPairs ? Other! : Text!,
            _ => Text ?? "",
        };

    /// <summary>In English, for logs and debuggers.</summary>
    public override string ToString() => In(Language.English);

    public bool Equals(Phrase other) =>
        (Form, Text, Other, Number) == (other.Form, other.Text, other.Other, other.Number) && Arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => obj is Phrase other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Form, Text, Number, Arguments.Length);

    public static bool operator ==(Phrase left, Phrase right) => left.Equals(right);

    public static bool operator !=(Phrase left, Phrase right) => !left.Equals(right);

    /// <summary>Writes what is in the holes; braces around anything but a hole's number are text.</summary>
    private string Fill(string text, Language language)
    {
        if (Arguments.Length == 0)
            return text;
        var filled = new DefaultInterpolatedStringHandler(text.Length, Arguments.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            int close = rest[open..].IndexOf('}');
            if (close > 1 && int.TryParse(rest.Slice(open + 1, close - 1), out int hole) && hole < Arguments.Length)
            {
                filled.AppendFormatted(rest[..open]);
                filled.AppendLiteral(Format.Written(Arguments[hole], language));
                rest = rest[(open + close + 1)..];
            }
            else
            {
                filled.AppendFormatted(rest[..(open + 1)]);
                rest = rest[(open + 1)..];
            }
        }
        filled.AppendFormatted(rest);
        return filled.ToStringAndClear();
    }
}

internal enum PhraseForm
{
    /// <summary>A text that is the same in every language.</summary>
    Same,

    /// <summary>A text of the code.</summary>
    Text,

    /// <summary>A text of the code in the right number.</summary>
    Counted,

    /// <summary>English and French, from an old row.</summary>
    Pair,
}
