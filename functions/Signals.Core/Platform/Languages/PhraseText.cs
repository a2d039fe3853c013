using System.Runtime.CompilerServices;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// An interpolated string of <see cref="Phrase.Of(PhraseText)"/>, with the holes left open: <c>$"{days} days ago"</c> is the text
/// <c>{0} days ago</c> and the number.
/// </summary>
[InterpolatedStringHandler]
public ref struct PhraseText
{
    private const string Hole = "{0}";

    private readonly object[] _arguments;
    private DefaultInterpolatedStringHandler _key;
    private int _holes;

    /// <param name="literalLength">Characters outside the holes.</param>
    /// <param name="formattedCount">Holes.</param>
    public PhraseText(int literalLength, int formattedCount)
    {
        _key = new DefaultInterpolatedStringHandler(literalLength + Hole.Length * formattedCount, 0);
        _arguments = formattedCount == 0 ? [] : new object[formattedCount];
    }

    internal readonly object[] Arguments => _arguments;

    public void AppendLiteral(string text) => _key.AppendLiteral(text);

    public void AppendFormatted(string? text) => Append(text ?? "");

    /// <summary>What is the same in every language, or nothing but one hole, is put in the hole as it is.</summary>
    public void AppendFormatted(Phrase phrase) =>
        Append(
            phrase.Form == PhraseForm.Same ? phrase.Text ?? ""
            : phrase is { Form: PhraseForm.Text, Text: Hole, Arguments: [var only] } ? only
            : phrase
        );

    public void AppendFormatted(LocalText? text) => Append(text?.ToArgument() ?? "");

    public void AppendFormatted(long count) => AppendFormatted(Format.Exact(count));

    public void AppendFormatted(double amount) => AppendFormatted(Format.Exact(amount));

    public void AppendFormatted(DateOnly day) => Append(day);

    /// <summary>The text with its holes. To be asked for once.</summary>
    internal string Key() => _key.ToStringAndClear();

    private void Append(object argument)
    {
        _key.AppendLiteral("{");
        _key.AppendFormatted(_holes);
        _key.AppendLiteral("}");
        _arguments[_holes++] = argument;
    }
}
