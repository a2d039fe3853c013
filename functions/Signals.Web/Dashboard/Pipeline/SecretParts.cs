using System.Globalization;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the pages of write keys and of API tokens share: a secret is made, told once, rotated and ended by an admin.</summary>
internal static class SecretParts
{
    private const int MaxFieldChars = 100;

    private static readonly int[] RotationHours = [1, 24, 72, 168];

    /// <summary>The form that makes one, for admins; for others, who could.</summary>
    public static Html Create(Reader reader, string action, string name, int maxNameChars, Html choices, string make, string notAdmin) =>
        reader.May(DashboardRole.Admin)
            ? Form.Post(
                reader,
                action,
                $"""
                <div class="filters">
                <label class="field wide"><span>{name}</span>
                <input name="name" required maxlength="{maxNameChars}" autocomplete="off"></label>
                {choices}
                {Form.Button(make)}</div>
                """
            )
            : $"""<p class="quiet">{notAdmin}</p>""";

    public static Html Table(Reader reader, string title, IEnumerable<string> columns, IEnumerable<Html> rows)
    {
        IEnumerable<string> all = reader.May(DashboardRole.Admin) ? columns.Append(reader.Say("Do")) : columns;
        return $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="keys">
            <caption class="unseen">{title}</caption>
            <thead><tr>{all.Select(column => Html.Of($"""<th scope="col">{column}</th>"""))}</tr></thead>
            <tbody>{rows}</tbody></table></div>
            """;
    }

    /// <summary>The cell of what an admin can do with one that is valid.</summary>
    public static Html Actions(Reader reader, bool isValid, params Html[] actions) =>
        !reader.May(DashboardRole.Admin) ? Html.Empty
        : !isValid ? Html.Of($"<td></td>")
        : Html.Of($"""<td><div class="actions">{actions}</div></td>""");

    public static Html Rotate(Reader reader, string action, string id, string name, string oldStays, string make) =>
        Act(
            reader,
            action,
            id,
            name,
            reader.Say("Rotate"),
            $"{Form.Select("hours", oldStays, "24", RotationHours.Select(hours => ($"{hours}", Length(reader, hours))))}",
            make
        );

    /// <summary>A button that opens a small form about one of them.</summary>
    public static Html Act(Reader reader, string action, string id, string name, string title, Html fields, string send) =>
        $"""
            <details class="act"><summary>{title}<span class="unseen"> {name}</span></summary>
            {Form.Post(reader, action, $"""
            {Form.Hidden(FormRequest.IdField, id)}
            {fields}
            {Form.Button(send)}
            """)}</details>
            """;

    /// <summary>How long the old one stays, in hours.</summary>
    public static int HoursOf(FormRequest request, TimeSpan longest)
    {
        string text = request.Text("hours", MaxFieldChars);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int hours) && hours <= longest.TotalHours
            ? hours
            : throw ApiRefusal.BadParameter("hours", text, $"hours, 0 to {longest.TotalHours:0}");
    }

    public static string DayCount(Reader reader, int days) => reader.Count(days, "{0} day", "{0} days");

    private static string Length(Reader reader, int hours) =>
        hours < 48 ? reader.Count(hours, "{0} hour", "{0} hours") : DayCount(reader, hours / 24);
}
