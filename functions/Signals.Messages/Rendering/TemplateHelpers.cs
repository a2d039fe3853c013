using System.Globalization;
using System.Text;
using HandlebarsDotNet;
using Signals.Core.Platform.Languages;

namespace Signals.Messages.Rendering;

/// <summary>
/// The helpers of SendGrid's dynamic templates, so that templates can be tried there too, and one of ours: <c>riskName</c>.
/// </summary>
internal static class TemplateHelpers
{
    /// <summary>Helpers that hold a block, with how many arguments they take.</summary>
    public static readonly IReadOnlyDictionary<string, int> Blocks = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["if"] = 1,
        ["unless"] = 1,
        ["each"] = 1,
        ["with"] = 1,
        ["equals"] = 2,
        ["notEquals"] = 2,
        ["greaterThan"] = 2,
        ["lessThan"] = 2,
        ["and"] = 2,
        ["or"] = 2,
    };

    /// <summary>Helpers that write a value.</summary>
    public static readonly IReadOnlyDictionary<string, int> Values = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["insert"] = 2,
        ["formatDate"] = 2,
        ["riskName"] = 1,
    };

    private const string DefaultPrefix = "default=";

    public static void Register(IHandlebars engine, Language language)
    {
        Condition(engine, "equals", (a, b) => Text(a) == Text(b));
        Condition(engine, "notEquals", (a, b) => Text(a) != Text(b));
        Condition(engine, "greaterThan", (a, b) => Number(a) > Number(b));
        Condition(engine, "lessThan", (a, b) => Number(a) < Number(b));
        Condition(engine, "and", (a, b) => IsTrue(a) && IsTrue(b));
        Condition(engine, "or", (a, b) => IsTrue(a) || IsTrue(b));
        engine.RegisterHelper("insert", (writer, _, arguments) => writer.Write(Insert(arguments)));
        engine.RegisterHelper("formatDate", (writer, _, arguments) => writer.Write(FormatDate(arguments, language)));
        engine.RegisterHelper("riskName", (writer, _, arguments) => writer.Write(RiskName(Text(arguments[0]), language)));
    }

    private static void Condition(IHandlebars engine, string name, Func<object?, object?, bool> holds) =>
        engine.RegisterHelper(
            name,
            (writer, options, context, arguments) =>
            {
                if (arguments.Length >= 2 && holds(arguments[0], arguments[1]))
                    options.Template(writer, context);
                else
                    options.Inverse(writer, context);
            }
        );

    /// <summary>{{insert name "default=there"}}</summary>
    private static string Insert(Arguments arguments)
    {
        string value = Text(arguments[0]);
        if (value.Length > 0 || arguments.Length < 2)
            return value;
        string fallback = Text(arguments[1]);
        return fallback.StartsWith(DefaultPrefix, StringComparison.Ordinal) ? fallback[DefaultPrefix.Length..] : fallback;
    }

    /// <summary>
    /// {{formatDate sunset.ends "D MMMM YYYY"}}: YYYY, MMMM (the month's name), MM, M, DD and D; anything else stays. A day is a date or
    /// its text, yyyy-MM-dd; other text is written as it is.
    /// </summary>
    private static string FormatDate(Arguments arguments, Language language)
    {
        if (
            arguments[0] is not DateOnly date
            && !DateOnly.TryParseExact(Text(arguments[0]), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
        )
            return Text(arguments[0]);
        string format = arguments.Length > 1 ? Text(arguments[1]) : "YYYY-MM-DD";
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; )
        {
            int run = 1;
            while (i + run < format.Length && format[i + run] == format[i])
                run++;
            string piece = format.Substring(i, run);
            text.Append(
                piece switch
                {
                    "YYYY" => date.Year.ToString("0000"),
                    "MMMM" => language.Months[date.Month - 1],
                    "MM" => date.Month.ToString("00"),
                    "M" => date.Month.ToString(),
                    "DD" => date.Day.ToString("00"),
                    "D" => date.Day == 1 ? language.FirstOfMonth : date.Day.ToString(),
                    _ => piece,
                }
            );
            i += run;
        }
        return text.ToString();
    }

    /// <summary>A risk level as people say it.</summary>
    private static string RiskName(string level, Language language) =>
        level switch
        {
            "healthy" => language.Text("level|healthy"),
            "watch" => language.Text("level|on watch"),
            "at-risk" => language.Text("level|at risk"),
            "critical" => language.Text("level|critical"),
            _ => level,
        };

    private static bool IsTrue(object? value) => HandlebarsUtils.IsTruthyOrNonEmpty(value);

    private static double Number(object? value) =>
        double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    private static string Text(object? value) =>
        value is null or UndefinedBindingResult ? "" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
