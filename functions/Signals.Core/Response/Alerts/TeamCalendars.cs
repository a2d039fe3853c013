using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Response.Alerts;

/// <summary>When each of the team works: by the team's zone and country, or by their own where the model names others.</summary>
public sealed class TeamCalendars(ValueModel model, IPublicHolidays holidays)
{
    private readonly Dictionary<string, TeamCalendar> _own = Own(model, holidays);

    /// <summary>Of everybody who has no other, and of the chat channels.</summary>
    public TeamCalendar Team { get; } = new("", TeamOf(model, holidays));

    /// <summary>The team's, and those of managers that differ from it.</summary>
    public IReadOnlyList<TeamCalendar> All => [Team, .. _own.Values.Distinct()];

    public TeamCalendar Of(string address) => _own.GetValueOrDefault(address.Trim(), Team);

    private static Dictionary<string, TeamCalendar> Own(ValueModel model, IPublicHolidays holidays)
    {
        var team = TeamOf(model, holidays);
        var own = new Dictionary<string, TeamCalendar>(StringComparer.OrdinalIgnoreCase);
        foreach (var manager in model.Alerts.Managers)
        {
            var calendar = new WorkCalendar(manager.TimeZone ?? team.Zone, manager.Country ?? team.Country, holidays);
            if (calendar != team)
                own[manager.Email] = new TeamCalendar($"{MessageHash.Of($"{calendar.Zone.Id}|{calendar.Country}"):x16}", calendar);
        }
        return own;
    }

    private static WorkCalendar TeamOf(ValueModel model, IPublicHolidays holidays) => new(model.TimeZone, model.Alerts.Country, holidays);
}

/// <summary>A calendar with the name under which its mornings are kept; the team's has none.</summary>
public sealed record TeamCalendar(string Name, WorkCalendar Work);
