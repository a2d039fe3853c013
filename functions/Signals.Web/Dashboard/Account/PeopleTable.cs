using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Web.Api;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.People;

namespace Signals.Web.Dashboard.Account;

/// <summary>People with their value in the window against the floor, and by day.</summary>
internal sealed class PeopleTable(ValueModel model, ModelWords words)
{
    public Html Of(Reader reader, IReadOnlyList<PersonView> people)
    {
        if (people.Count == 0)
            return $"""
                <p class="empty">{reader.Say("Nobody is known by a user id yet.")}</p>
                """;
        var since = people.Min(person => person.Value.Since);
        var window = IsWhole(reader, since) ? Phrase.Of($"in {Format.DayCount(model.Value.Floor.Days)}") : Phrase.Of($"since {since}");
        return $"""
            <p class="lead">{reader.Say(
                Phrase.Of($"Value {window}, against the floor: {words.Floor(reader)}."))}</p>
            <table class="people"><caption class="unseen">{reader.Say("People")}</caption>
            <thead><tr><th scope="col">{reader.Say("Person")}</th><th scope="col">{reader.Say("By day")}</th>
            <th scope="col">{reader.Say("Value")}</th><th scope="col">NPS</th></tr></thead>
            <tbody>{people.Select(person => Row(reader, person))}</tbody></table>
            """;
    }

    private Html Row(Reader reader, PersonView person)
    {
        var under = Html.Join(
            " · ",
            new[]
            {
                person.Name is null ? null : person.Email,
                person.Name is null && person.Email is null ? null : person.Id,
                person.Role,
                person.EmailProblem is { } problem ? reader.Say($"no mail can be sent: {problem}") : null,
            }
                .OfType<string>()
                .Where(text => text.Length > 0)
                .Select(Html.Isolated)
                .Concat(person.WaitingEmail is { } waiting ? [Waiting(reader, waiting)] : [])
        );
        string state =
            person.LeftOutBy is { } rule ? reader.Say($"no customer: {rule}")
            : person.Active ? reader.Say("active")
            : IsWhole(reader, person.Value.Since) ? reader.Say("under the floor")
            : reader.Say("not active yet");
        return $"""
            <tr><th scope="row">{Named(reader, person)}<span class="under">{under}</span></th>
            <td class="days">{Sparks.Days(Window(reader, person))}</td>
            <td class="value"><span><strong>{reader.Amount(person.Value.Window)}</strong> {model.Value.Unit} <span
            class="quiet">{state}</span></span>{Sparks.Value(person.Value.Window, person.Value.Floor)}</td>
            <td class="nps">{Html.Join(", ", person.Nps.Select(answer => Nps(reader, answer)))}</td></tr>
            """;
    }

    /// <summary>True when there were as many days as the floor's window has.</summary>
    private bool IsWhole(Reader reader, DateOnly since) => since.DayNumber <= Days.Of(reader.Now) - model.Value.Floor.Days + 1;

    /// <summary>An admin comes from here to all that is known of the person.</summary>
    private static Html Named(Reader reader, PersonView person)
    {
        var name = Html.Isolated(person.Name ?? person.Email ?? person.Id);
        return reader.May(DashboardRole.Admin) ? $"""<a href="{PersonPage.Of(person.Id)}">{name}</a>""" : name;
    }

    private static Html Waiting(Reader reader, string address) => $"{reader.Say("waits until a server says it:")} {Html.Isolated(address)}";

    private static Html Nps(Reader reader, PersonNps answer)
    {
        Html channel = answer.Channel.Length == 0 ? Html.Empty : $""" <span class="quiet">{answer.Channel}</span>""";
        return $"{reader.Amount(answer.Score)}{channel}";
    }

    /// <summary>The window's days, oldest first.</summary>
    private double[] Window(Reader reader, PersonView person)
    {
        int days = model.Value.Floor.Days,
            first = Days.Of(reader.Now) - days + 1;
        double[] amounts = new double[days];
        foreach (var value in person.Value.Days)
        {
            int index = value.Date.DayNumber - first;
            if (index >= 0 && index < days)
                amounts[index] = Math.Max(0, value.Amount);
        }
        return amounts;
    }
}
