using System.Globalization;
using System.Text;

namespace Signals.Core.Model.Doors;

/// <summary>Reads a <see cref="DoorPath"/> from left to right; the first thing that is none ends it.</summary>
internal sealed class DoorPathReader(string text)
{
    private int _at;

    /// <summary>What is wrong; null while nothing is.</summary>
    public string? Problem { get; private set; }

    public bool AtEnd => _at >= text.Length;

    public string Unexpected() => AtEnd ? "its end too early" : $"\"{text[_at]}\" at character {_at + 1}";

    public bool Skip(char expected)
    {
        if (AtEnd || text[_at] != expected)
            return false;
        _at++;
        return true;
    }

    /// <summary>As many steps as follow; it stops before what belongs to none.</summary>
    public IReadOnlyList<DoorStep> Steps(int most)
    {
        var steps = new List<DoorStep>();
        while (Problem is null && !AtEnd && text[_at] is '.' or '[')
        {
            if (steps.Count == most)
                return Fail(steps, $"more than {most} steps");
            var step = Skip('.') ? AfterDot() : InBrackets();
            if (step is null)
                return Fail(steps, Unexpected());
            steps.Add(step);
        }
        return steps;
    }

    private IReadOnlyList<DoorStep> Fail(IReadOnlyList<DoorStep> steps, string problem)
    {
        Problem ??= problem;
        return steps;
    }

    private DoorStep? AfterDot()
    {
        if (Skip('*'))
            return new DoorStep.Each();
        int from = _at;
        while (!AtEnd && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or '$'))
            _at++;
        return _at > from ? new DoorStep.Member(text[from.._at]) : null;
    }

    private DoorStep? InBrackets()
    {
        Skip('[');
        SkipSpace();
        var step = Selector();
        SkipSpace();
        return step is not null && Skip(']') ? step : null;
    }

    private DoorStep? Selector()
    {
        if (AtEnd)
            return null;
        switch (text[_at])
        {
            case '*':
                _at++;
                return new DoorStep.Each();
            case '\'' or '"':
                return Quoted() is { } name ? new DoorStep.Member(name) : null;
            case '?':
                _at++;
                return Filter();
            default:
                return Number() is { } index && int.TryParse(index, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int at)
                    ? new DoorStep.Element(at)
                    : null;
        }
    }

    private DoorStep.Where? Filter()
    {
        SkipSpace();
        bool inParentheses = Skip('(');
        SkipSpace();
        bool isAbsent = Skip('!');
        if (!Skip('@'))
            return null;
        var steps = Steps(8);
        SkipSpace();
        string? wanted = null;
        bool differs = isAbsent;
        if (!AtEnd && text[_at] is '=' or '!')
        {
            differs = text[_at++] == '!';
            if (isAbsent || !Skip('='))
                return null;
            SkipSpace();
            if ((wanted = Literal()) is null)
                return null;
            SkipSpace();
        }
        if (inParentheses && !Skip(')'))
            return null;
        return Problem is null ? new DoorStep.Where(steps, wanted, differs) : null;
    }

    private string? Literal()
    {
        if (AtEnd)
            return null;
        if (text[_at] is '\'' or '"')
            return Quoted();
        foreach (string word in (string[])["true", "false"])
        {
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
                continue;
            _at += word.Length;
            return word;
        }
        return Number();
    }

    private string? Number()
    {
        int from = _at;
        Skip('-');
        while (!AtEnd && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
            _at++;
        return _at > from && char.IsAsciiDigit(text[_at - 1]) ? text[from.._at] : null;
    }

    private string? Quoted()
    {
        char quote = text[_at++];
        var read = new StringBuilder();
        while (!AtEnd && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
                _at++;
            read.Append(text[_at++]);
        }
        return Skip(quote) ? read.ToString() : null;
    }

    private void SkipSpace()
    {
        while (Skip(' ')) { }
    }
}
