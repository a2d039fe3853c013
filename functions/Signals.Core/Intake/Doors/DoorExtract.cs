using System.Globalization;
using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Model.Doors;
using Signals.Core.Platform.Addresses;

namespace Signals.Core.Intake.Doors;

/// <summary>Takes from a payload what a door's values ask for.</summary>
internal sealed class DoorExtract(ValueModel model, Door door)
{
    /// <summary>Words of customers; longer ones are cut where they are kept.</summary>
    private const int MaxTextChars = 4_000;

    /// <summary>A Gregorian year of 365.2425 days, in twelve.</summary>
    private const double DaysOfMonth = 30.436875;

    public DoorTaken Take(DoorValue value, JsonElement payload) =>
        value.As switch
        {
            DoorConversion.Time => TakeTime(value, payload),
            DoorConversion.Number or DoorConversion.Amount or DoorConversion.MinorUnits => TakeNumber(value, payload),
            DoorConversion.Plan => DoorTaken.Of(PlanOf(value, payload)),
            DoorConversion.Owner => TakeOwner(value, payload),
            DoorConversion.Plain => DoorTaken.Of(TextOf(value, payload) is { } html ? Cut(PlainText.Of(html)) : null),
            _ => DoorTaken.Of(Cut(TextOf(value, payload))),
        };

    private static string? TextOf(DoorValue value, JsonElement payload)
    {
        foreach (var term in value.Terms)
        {
            if (term.Text(payload) is { } text && !string.IsNullOrWhiteSpace(text))
                return value.Words?.GetValueOrDefault(text) ?? text;
        }
        return null;
    }

    private static DoorTaken TakeTime(DoorValue value, JsonElement payload)
    {
        if (TextOf(value, payload) is not { } text)
            return DoorTaken.None;
        return MomentOf(text) is { } moment
            ? DoorTaken.Of(moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)) with
            {
                Moment = moment,
            }
            : DoorTaken.Wrong(text, "a moment: ISO 8601, seconds or milliseconds since 1970");
    }

    private static DateTimeOffset? MomentOf(string text)
    {
        bool isRead =
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && text.Length > 8
                ? EventTime.TryFromUnix(number, out long milliseconds)
                : EventTime.TryParse(Encoding.UTF8.GetBytes(text), out milliseconds);
        return isRead ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    private DoorTaken TakeNumber(DoorValue value, JsonElement payload)
    {
        IReadOnlyList<JsonElement> parts = value.Each is { } each ? each.All(payload) : [payload];
        double sum = 0;
        bool isKnown = false;
        foreach (var part in parts)
        {
            // What is paid once is no part of what is paid a month.
            string? every = value.Every?.Text(part);
            if (value.Every is not null && every is null)
                continue;
            if (TextOf(value, part) is not { } text)
            {
                if (value.As != DoorConversion.Number)
                    return DoorTaken.None;
                continue;
            }
            if (NumberOf(text) is not { } number)
                return DoorTaken.Wrong(text, "a number");
            if (value.As != DoorConversion.Number)
            {
                if (InModelsCurrency(value, part, number) is not { } amount)
                    return DoorTaken.None;
                number = amount;
            }
            number *= NumberOf(value.Times?.Text(part)) ?? 1;
            if (every is not null)
            {
                if (MonthsOf(every) is not { } months)
                    return DoorTaken.Wrong(every, "day, week, month or year");
                number /= months * (NumberOf(value.Count?.Text(part)) is { } count and > 0 ? count : 1);
            }
            sum += number;
            isKnown = true;
        }
        if (!isKnown || !double.IsFinite(sum))
            return DoorTaken.None;
        double? scaled =
            value.Scale is { } scale ? scale.Of(sum)
            : value.As == DoorConversion.Number ? sum
            : Math.Round(sum, 2);
        return scaled is { } told ? DoorTaken.Of(told) : DoorTaken.None;
    }

    /// <summary>Null for another currency: what is paid is told in the model's.</summary>
    private double? InModelsCurrency(DoorValue value, JsonElement part, double number)
    {
        string currency = value.Currency?.Text(part)?.Trim() ?? model.Currency;
        if (!string.Equals(currency, model.Currency, StringComparison.OrdinalIgnoreCase))
            return null;
        return value.As == DoorConversion.MinorUnits ? number / Currencies.MinorUnitsOf(currency) : number;
    }

    private static double? MonthsOf(string every) =>
        every.Trim().ToLowerInvariant() switch
        {
            "day" or "days" or "daily" => 1 / DaysOfMonth,
            "week" or "weeks" or "weekly" => 7 / DaysOfMonth,
            "month" or "months" or "monthly" => 1,
            "quarter" or "quarters" or "quarterly" => 3,
            "year" or "years" or "yearly" or "annual" or "annually" => 12,
            _ => null,
        };

    private string? PlanOf(DoorValue value, JsonElement payload)
    {
        var named = value.Terms.Select(term => term.Text(payload)).OfType<string>().ToList();
        return named.Select(name => door.Plans.GetValueOrDefault(name)).FirstOrDefault(plan => plan is not null)
            ?? named.FirstOrDefault(name => model.PlanOf(name) is not null)
            ?? named.FirstOrDefault();
    }

    private DoorTaken TakeOwner(DoorValue value, JsonElement payload)
    {
        if (TextOf(value, payload) is not { } owner)
            return DoorTaken.None;
        if (door.Owners.TryGetValue(owner, out string? address))
            return DoorTaken.Of(address);
        return Mailbox.Parse(owner) is { } mailbox
            ? DoorTaken.Of(mailbox.Address)
            : DoorTaken.Wrong(owner, "a mail address, or an id that the door's \"owners\" name");
    }

    private static double? NumberOf(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;

    private static string? Cut(string? text)
    {
        if (text is null || text.Length <= MaxTextChars)
            return text;
        int length = char.IsHighSurrogate(text[MaxTextChars - 1]) ? MaxTextChars - 1 : MaxTextChars;
        return text[..length];
    }
}

/// <summary>What was taken: a text or a number, or what is wrong with what stands there; none of them where nothing does.</summary>
internal readonly record struct DoorTaken(string? Text, double? Number, string? Found, string? Expected)
{
    public static DoorTaken None => default;

    /// <summary>Of a time, which is its text too.</summary>
    public DateTimeOffset? Moment { get; init; }

    public bool IsThere => Text is not null || Number is not null;

    public static DoorTaken Of(string? text) => new(text, null, null, null);

    public static DoorTaken Of(double number) => new(null, number, null, null);

    public static DoorTaken Wrong(string found, string expected) =>
        new(null, null, $"'{(found.Length > 60 ? found[..60] + "…" : found)}'", expected);
}
