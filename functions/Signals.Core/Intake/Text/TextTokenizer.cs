using System.Text;

namespace Signals.Core.Intake.Text;

/// <summary>
/// Cuts a text into sentences of words. Words are folded (<see cref="LetterFolding"/>), drawn-out letters shortened ("sooo" is "so"), and
/// apostrophes dropped as the language wants: in English "don't" is "dont" and "app's" is "app", in French "l'appli" is "l" and "appli".
/// One pass over the text, whatever it holds.
/// </summary>
internal sealed class TextTokenizer
{
    /// <summary>Longer words are no words, and match nothing.</summary>
    private const int MaxWordLength = 40;

    private readonly string _text;
    private readonly bool _elides;
    private readonly List<Sentence> _sentences = [];
    private readonly StringBuilder _word = new(MaxWordLength);
    private List<Token> _tokens = [];
    private int _wordStart;
    private int _at;

    private TextTokenizer(string text, bool elides) => (_text, _elides) = (text, elides);

    /// <param name="text">Any text.</param>
    /// <param name="elides">Whether an apostrophe parts two words, as in French.</param>
    public static IReadOnlyList<Sentence> Read(string text, bool elides)
    {
        var tokenizer = new TextTokenizer(text, elides);
        tokenizer.ReadAll();
        return tokenizer._sentences;
    }

    private void ReadAll()
    {
        while (_at < _text.Length)
            ReadNext();
        EndSentence(asks: false);
    }

    private void ReadNext()
    {
        var character = _text[_at];
        if (char.IsLetterOrDigit(character))
            Append(character);
        else if (LetterFolding.IsMark(character))
            _at++;
        else if (IsApostrophe(character) && _word.Length > 0)
            TakeApostrophe();
        else if (char.IsSurrogate(character))
            TakeSurrogate();
        else if (character is '.' or ',' or '/' && JoinsDigits())
            Append(character);
        else
            TakeOther(character);
    }

    private void Append(char character)
    {
        if (_word.Length == 0)
            _wordStart = _at;
        if (_word.Length < MaxWordLength)
        {
            if (LetterFolding.Ligature(character) is { } two)
                _word.Append(two);
            else
                _word.Append(LetterFolding.Fold(character));
        }

        _at++;
    }

    private bool JoinsDigits() =>
        _word.Length > 0 && char.IsAsciiDigit(_text[_at - 1]) && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]);

    private static bool IsApostrophe(char character) => character is '\'' or '\u2019' or '\u2018' or '\u02bc' or '\u00b4' or '`';

    private void TakeApostrophe()
    {
        var possessive = !_elides && _at + 1 < _text.Length && _text[_at + 1] is 's' or 'S' && !IsLetterAt(_at + 2);
        if (_elides || possessive)
            EndWord();
        _at += possessive ? 2 : 1;
    }

    private bool IsLetterAt(int index) => index < _text.Length && char.IsLetterOrDigit(_text[index]);

    private void TakeSurrogate()
    {
        var decoded = Rune.TryGetRuneAt(_text, _at, out var rune);
        var length = decoded ? rune.Utf16SequenceLength : 1;
        EndWord();
        if (decoded && Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.OtherSymbol)
            _tokens.Add(new(TokenKind.Emoji, rune.ToString(), _at, _at + length));
        _at += length;
    }

    private void TakeOther(char character)
    {
        EndWord();
        if (Emoticons.LengthAt(_text, _at) is var length and > 0)
        {
            _tokens.Add(new(TokenKind.Emoji, _text.Substring(_at, length), _at, _at + length));
            _at += length;
            return;
        }

        if (char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.OtherSymbol)
            _tokens.Add(new(TokenKind.Emoji, character.ToString(), _at, _at + 1));
        else if (character is '.' or '!' or '?' or '\n' or '\r' or '\u2026' or '\u3002' or '\uff01' or '\uff1f')
            EndSentence(asks: character is '?' or '\uff1f');
        else if (!char.IsWhiteSpace(character) && character is not ('-' or '\'' or '\u2019'))
            _tokens.Add(new(TokenKind.Break, "", _at, _at + 1));
        _at++;
    }

    private void EndWord()
    {
        if (_word.Length == 0)
            return;
        var word = _word.Length < MaxWordLength ? DrawnOutLetters.Shorten(_word.ToString()) : "";
        _tokens.Add(new(TokenKind.Word, word, _wordStart, _at));
        _word.Clear();
    }

    private void EndSentence(bool asks)
    {
        EndWord();
        if (_tokens.Count > 0)
        {
            _sentences.Add(new(_tokens, asks));
            _tokens = [];
        }
        else if (asks && _sentences.Count > 0)
        {
            // "Really!?": the question mark comes after the sentence was closed.
            _sentences[^1] = _sentences[^1] with
            {
                Asks = true,
            };
        }
    }
}
