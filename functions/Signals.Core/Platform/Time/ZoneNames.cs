using System.Collections.Frozen;
using System.Globalization;

namespace Signals.Core.Platform.Time;

/// <summary>
/// Time zones by the names that programs give them: the IANA database's in any case, Windows ids, Rails' names, and offsets such as
/// <c>UTC+2</c>, <c>GMT-03:30</c> or <c>+0530</c>.
/// </summary>
/// <remarks>
/// The platform alone knows the exact IANA name only: Windows ids need ICU, which is not loaded, and in another case a name is found once
/// somebody asked for it in the right one. Here the same name means the same zone whatever was asked before, with ICU and without. Nothing
/// is kept of what is asked.
/// </remarks>
public static class ZoneNames
{
    private const int MaxChars = 100;
    private const int MaxHours = 14;

    private static readonly FrozenDictionary<string, string> Names = ReadNames();

    /// <summary>The first parts of IANA names; elsewhere in the database's folder lie other files, and zones with leap seconds.</summary>
    private static readonly FrozenSet<string> Areas = Names
        .Values.Where(zone => zone.Contains('/', StringComparison.Ordinal))
        .Select(zone => zone[..zone.IndexOf('/', StringComparison.Ordinal)])
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The zone of that name; null when nobody knows it.</summary>
    public static TimeZoneInfo? Find(string? name)
    {
        var text = name.AsSpan().Trim();
        if (text.IsEmpty || text.Length > MaxChars)
            return null;
        if (Named(text.ToString()) is { } zone)
            return zone;
        // As people read it in a list: "(GMT-08:00) Pacific Time (US & Canada)".
        int close = text[0] == '(' ? text.IndexOf(')') : -1;
        if (close > 0)
            return Named(text[(close + 1)..].Trim().ToString()) ?? Offset(text[1..close]);
        return Offset(text);
    }

    private static TimeZoneInfo? Named(string name)
    {
        if (Names.TryGetValue(name, out string? zone))
            return Load(zone);
        if (name.Contains(" Daylight Time", StringComparison.OrdinalIgnoreCase))
            return Named(name.Replace(" Daylight Time", " Standard Time", StringComparison.OrdinalIgnoreCase));
        if (!name.Contains('/', StringComparison.Ordinal))
            return null;
        return name.Contains(' ', StringComparison.Ordinal) ? Named(name.Replace(' ', '_')) : Newer(name);
    }

    /// <summary>A zone that the database has and this list does not yet: by its exact name, whatever was asked before.</summary>
    private static TimeZoneInfo? Newer(string name)
    {
        bool isName =
            Areas.Contains(name[..name.IndexOf('/', StringComparison.Ordinal)])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
        return isName && Load(name) is { } zone && string.Equals(zone.Id, name, StringComparison.Ordinal) ? zone : null;
    }

    private static TimeZoneInfo? Load(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null;

    /// <summary>A fixed offset, east of Greenwich with a plus, as people write it; the IANA names Etc/GMT+8 count the other way.</summary>
    private static TimeZoneInfo? Offset(ReadOnlySpan<char> text)
    {
        if (text.Equals("Z", StringComparison.OrdinalIgnoreCase))
            return TimeZoneInfo.Utc;
        if (text.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) || text.StartsWith("GMT", StringComparison.OrdinalIgnoreCase))
            text = text[3..].TrimStart();
        if (text.IsEmpty || text[0] is not ('+' or '-' or '\u2212'))
            return null;
        bool west = text[0] != '+';
        text = text[1..].TrimStart();
        int colon = text.IndexOf(':');
        var hours =
            colon >= 0 ? text[..colon]
            : text.Length > 2 ? text[..^2]
            : text;
        var minutes =
            colon >= 0 ? text[(colon + 1)..]
            : text.Length > 2 ? text[^2..]
            : "00";
        if (hours.Length is 0 or > 2 || minutes.Length != 2 || !TryDigits(hours, out int h) || !TryDigits(minutes, out int m))
            return null;
        var offset = new TimeSpan(h, m, 0);
        if (m > 59 || offset > TimeSpan.FromHours(MaxHours))
            return null;
        if (offset == TimeSpan.Zero)
            return TimeZoneInfo.Utc;
        string id = $"UTC{(west ? '-' : '+')}{h:00}:{m:00}";
        return TimeZoneInfo.CreateCustomTimeZone(id, west ? -offset : offset, id, id);
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static FrozenDictionary<string, string> ReadNames()
    {
        const string Resource = "Time/ZoneNames.txt";
        var stream =
            typeof(ZoneNames).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no '{Resource}'.");
        using var reader = new StreamReader(stream);
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            names.Add(equals < 0 ? line : line[..equals], line[(equals + 1)..]);
        }
        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
