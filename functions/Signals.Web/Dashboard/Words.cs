using Signals.Core.Model;

namespace Signals.Web.Dashboard;

/// <summary>How moments, money and levels read on the dashboard, in the model's time zone and currency.</summary>
internal sealed class Words(ValueModel model)
{
    private static readonly Dictionary<string, string> Levels = new(StringComparer.Ordinal)
    {
        [RiskLevel.Critical.Name()] = "Critical",
        [RiskLevel.AtRisk.Name()] = "At risk",
        [RiskLevel.Watch.Name()] = "Watch",
        [RiskLevel.Healthy.Name()] = "Healthy",
    };

    public string Floor => $"{Amount(model.Value.Floor.Amount)} {model.Value.Unit} in {Count(model.Value.Floor.Days, "day", "days")}";

    public static string Level(string level) => Levels.GetValueOrDefault(level, level);

    public static Html Badge(string level) => Html.Of($"<span class=\"badge {level}\">{Level(level)}</span>");

    public static string Amount(double amount) => Math.Abs(amount) >= 100 ? amount.ToString("#,##0") : amount.ToString("0.#");

    public static string Percent(double? share) => share is { } known ? (known * 100).ToString("0") + "%" : "–";

    public static string Count(int count, string one, string many) => $"{count:#,##0} {(count == 1 ? one : many)}";

    /// <summary>What is known, in a row; a plan that is called "free" is not called so twice.</summary>
    public static string Line(params IEnumerable<string?> parts) =>
        string.Join(" · ", parts.OfType<string>().Where(part => part.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase));

    public string Price(double price) => price == 0 ? "free" : $"{price:#,##0.##} {model.Currency} a month";

    public string Day(DateTimeOffset moment) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, model.TimeZone).DateTime));

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy");

    /// <summary>What the model calls the step, feature or obstacle that a cause is about; its id when the model has forgotten it.</summary>
    public string? Kind(string? id) => id is null ? null
        : model.Onboarding.FirstOrDefault(step => step.Id == id)?.Name
        ?? model.Features.FirstOrDefault(feature => feature.Id == id)?.Name
        ?? model.Friction.FirstOrDefault(kind => kind.Id == id)?.Name
        ?? id;
}
