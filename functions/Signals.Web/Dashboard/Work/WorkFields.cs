using System.Globalization;
using Signals.Core.State.Team;
using Signals.Core.State.Work;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Work;

/// <summary>What forms about the work on accounts ask, and how it is read.</summary>
internal static class WorkFields
{
    public const string Text = "text";
    public const string To = "to";
    public const string Due = "due";
    public const string Signal = "signal";
    public const string Event = "event";
    public const string Times = "times";
    public const string Person = "person";

    private const int MaxFieldChars = 300;

    public static Html Colleague(Reader reader, string name, string label, string? chosen, bool orNobody) =>
        Form.Select(
            name,
            label,
            chosen,
            [
                .. orNobody ? new[] { ("", reader.Say("nobody in particular")) } : [],
                .. reader.Team.Active.Select(user => (user.Address, user.Name)),
            ]
        );

    public static Html Day(string label, DateOnly chosen) =>
        $"""
            <label class="field"><span>{label}</span>
            <input type="date" name="{Due}" value="{chosen.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" required></label>
            """;

    /// <summary>The colleague that a form names; null for none. Throws for who is nobody here.</summary>
    public static TeamUser? ColleagueOf(FormRequest request)
    {
        string found = request.Text(To, MaxFieldChars);
        if (found.Length == 0)
            return null;
        return request.Reader.Team.Find(found) is { IsActive: true } user
            ? user
            : throw ApiRefusal.BadParameter(To, found, "the address of somebody of the team");
    }

    /// <summary>The day that a form names, within ten years; throws for none.</summary>
    public static DateOnly DayOf(FormRequest request)
    {
        string found = request.Text(Due, 20);
        return
            DateOnly.TryParseExact(found, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day > request.Reader.Today.AddYears(-1)
            && day < request.Reader.Today.AddYears(10)
            ? day
            : throw ApiRefusal.BadParameter(Due, found, "a day, as 2026-03-31");
    }

    /// <summary>A line of text; empty for none. Longer ones are refused.</summary>
    public static string LineOf(FormRequest request) =>
        string.Join(
            ' ',
            request.Text(Text, AccountWork.MaxTextChars).Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
        );

    public static Writer WriterOf(FormRequest request) => new(request.Who, request.Reader.WhoPhrase(request.Who));

    /// <summary>How often something is to be seen; null for once. Throws for what is no such number.</summary>
    public static int? TimesOf(FormRequest request)
    {
        string found = request.Text(Times, 20);
        if (found.Length == 0)
            return null;
        if (!int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out int times) || times is < 1 or > PlanGoal.MostTimes)
            throw ApiRefusal.BadParameter(Times, found, $"a number from 1 to {PlanGoal.MostTimes}");
        return times == 1 ? null : times;
    }
}
