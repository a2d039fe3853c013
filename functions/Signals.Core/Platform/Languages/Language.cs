using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// A language that Signals speaks: a file <c>Catalogues/{code}.json</c>, with how it writes numbers and days, and its words for the English
/// ones in the code. Read when it is first asked for.
/// </summary>
/// <remarks>
/// Numbers and days come from these files and not from the runtime's culture data, which is not there in small containers
/// (<c>InvariantGlobalization</c>).
/// </remarks>
public sealed partial class Language
{
    private const string EnglishCode = "en";

    /// <summary>The sign, as wide as a plus, and not the hyphen of keyboards.</summary>
    private const string Minus = "\u2212";

    /// <summary>After what tells apart texts that are alike in English, as in GLib's <c>Q_()</c>.</summary>
    private const char Context = '|';

    private static readonly FrozenDictionary<string, Lazy<Language>> ByCode = Resources()
        .ToFrozenDictionary(
            resource => CodeOf(resource),
            resource => new Lazy<Language>(() => new Language(CodeOf(resource), ReadFile(resource))),
            StringComparer.OrdinalIgnoreCase
        );

    private readonly FrozenDictionary<string, string[]> _texts;
    private readonly PluralRule _plural;
    private readonly NumberFormatInfo _numbers;
    private readonly NumberFormatInfo _cells;
    private readonly DateTimeFormatInfo _names;
    private readonly LanguageFile _file;

    private Language(string code, LanguageFile file)
    {
        (Code, _file) = (code, file);
        _plural = PluralRule.Of(code);
        _texts = file.Texts.ToFrozenDictionary(text => text.Key, text => Forms(text.Value), StringComparer.Ordinal);
        _cells = new NumberFormatInfo { NumberDecimalSeparator = file.Numbers.Decimal, NumberGroupSeparator = "" };
        _numbers = new NumberFormatInfo
        {
            NumberDecimalSeparator = file.Numbers.Decimal,
            NumberGroupSeparator = file.Numbers.Group,
            NegativeSign = Minus,
        };
        _names = new DateTimeFormatInfo
        {
            MonthNames = [.. file.Days.Months, ""],
            MonthGenitiveNames = [.. file.Days.Months, ""],
            AbbreviatedMonthNames = [.. file.Days.ShortMonths, ""],
            AbbreviatedMonthGenitiveNames = [.. file.Days.ShortMonths, ""],
            DayNames = [.. file.Days.Weekdays],
        };
    }

    /// <summary>Every language there is, the English of the code first.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [.. ByCode.Keys.OrderByDescending(code => code == EnglishCode).ThenBy(code => code, StringComparer.Ordinal)];

    public static Language English { get; } = ByCode[EnglishCode].Value;

    /// <summary>Those that the team's pages and mails are in.</summary>
    public static IReadOnlyList<Language> ForTeam { get; } =
    [.. Codes.Select(code => ByCode[code].Value).Where(language => language.IsForTeam)];

    /// <summary>Such as <c>fr</c>.</summary>
    public string Code { get; }

    /// <summary>As its speakers call it.</summary>
    public string Name => _file.Name;

    /// <summary>
    /// True when it has the words for the team's pages and mails too; false when it has those that customers read, and the team's are
    /// English.
    /// </summary>
    public bool IsForTeam => _file.Readers == LanguageReaders.Everyone;

    /// <summary>What spreadsheets of its speakers expect between cells: where the comma is in numbers, it parts no cells.</summary>
    public char CellSeparator => _numbers.NumberDecimalSeparator == "," ? ';' : ',';

    /// <summary>The names of the months, January first.</summary>
    public IReadOnlyList<string> Months => _file.Days.Months;

    /// <summary>How it writes the first day of a month.</summary>
    public string FirstOfMonth => _file.Days.First ?? "1";

    /// <summary>The forms that it counts in, by CLDR's names; the last is <c>other</c>.</summary>
    public IReadOnlyList<string> PluralCategories => _plural.Categories;

    /// <summary>What it says for English texts: the forms of each, in the order of <see cref="PluralCategories"/>, or one alone.</summary>
    public IReadOnlyDictionary<string, string[]> Texts => _texts;

    /// <summary>The language of a locale such as <c>fr</c> or <c>fr-CA</c>; English where there is none of it.</summary>
    public static Language Of(string locale) => Find(locale) ?? English;

    /// <summary>The language of a locale; null where there is none of it.</summary>
    public static Language? Find(string locale)
    {
        var code = locale.AsSpan();
        int end = code.IndexOfAny('-', '_');
        return ByCode.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(end < 0 ? code : code[..end], out var language)
            ? language.Value
            : null;
    }

    /// <summary>
    /// Its words for an English text; the text itself where it has none. What stands before a <c>|</c> only tells texts apart that are
    /// alike in English: <c>people|none</c>.
    /// </summary>
    public string Text([English] string english) => Translated(english);

    /// <summary>The same for who was handed the text: it is written, and found by tests, somewhere else.</summary>
    public string Translated(string english) => _texts.TryGetValue(english, out string[]? forms) ? forms[^1] : Plain(english);

    /// <summary>Its words for an English text that is counted, in the form that goes with the number.</summary>
    internal string Translated(long count, string one, string many) =>
        !_texts.TryGetValue(many, out string[]? forms) ? Plain(PluralRule.English.Form(count) == 0 ? one : many)
        : forms.Length == 1 ? forms[0]
        : forms[_plural.Form(count)];

    /// <summary>A number by one of .NET's custom formats, such as <c>#,##0.##</c>, as people read it.</summary>
    public string Number(double number, string format) => number.ToString(format, _numbers);

    /// <summary>The same as its speakers' spreadsheets read it: they know no minus but the hyphen.</summary>
    public string Cell(double number, string format) => number.ToString(format, _cells);

    /// <summary>What stands for a percentage that is written already: <c>42%</c>.</summary>
    public string Percent(string number) => _file.Numbers.Percent.Replace("{0}", number, StringComparison.Ordinal);

    /// <summary>A day as it stands in a sentence: 2026-03-12, 12 mars 2026.</summary>
    public string DayInText(DateOnly day) => Day(day, _file.Days.InText);

    /// <summary>3 Nov 2026, 3 nov. 2026.</summary>
    public string Day(DateOnly day) => Day(day, _file.Days.Short + " yyyy");

    /// <summary>3 Nov, 3 nov.</summary>
    public string ShortDay(DateOnly day) => Day(day, _file.Days.Short);

    /// <summary>Tuesday 3 November, mardi 3 novembre.</summary>
    public string LongDay(DateOnly day) => Day(day, _file.Days.Long);

    /// <summary>November 2026, novembre 2026.</summary>
    public string Month(DateOnly day) => Day(day, "MMMM yyyy");

    private string Day(DateOnly day, string pattern) =>
        day.ToString(
            day.Day == 1 && _file.Days.First is { } first ? DayOfMonth().Replace(pattern, $"${{before}}'{first}'${{after}}") : pattern,
            _names
        );

    private string[] Forms(LanguageText text) =>
        [
            .. (
                text.Forms is null ? [text.Plain ?? ""] : _plural.Categories.Select(category => text.Forms.GetValueOrDefault(category, ""))
            ).Select(form => Typography.Apply(form, Code)),
        ];

    private static string Plain(string english) => english.AsSpan().IndexOf(Context) is >= 0 and var end ? english[(end + 1)..] : english;

    private static IEnumerable<string> Resources() =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(LanguageFile.Folder, StringComparison.Ordinal));

    private static string CodeOf(string resource) => Path.GetFileNameWithoutExtension(resource);

    private static LanguageFile ReadFile(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize(stream, LanguageJson.Default.LanguageFile)!;
    }

    /// <summary>The day's number, and not its name.</summary>
    [GeneratedRegex(
        "(?<before>^|[^d])dd?(?<after>[^d]|$)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex DayOfMonth();
}
